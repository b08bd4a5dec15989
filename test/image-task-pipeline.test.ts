import { TerraformOutput, TerraformVariable } from "cdktf";
import { ImageTaskPipeline, ImageTaskProvider, type ImageTaskPipelineProps } from "../lib";
import { emptyStack, synth } from "./synth";

jest.mock("../lib/private/provider-package", () => ({
  readProviderPackage: () => jest.requireActual("./private/fake-package").fakePackage(),
}));

const IMPORT = { diskDeviceMapping: [{ ossBucket: "my-bucket", ossObject: "disk.raw" }] };

/** The resources of the pipeline, keyed by the id of their step. */
function steps(props: ImageTaskPipelineProps) {
  const stack = emptyStack();
  const pipeline = new ImageTaskPipeline(stack, "p", props);
  const found: { [step: string]: { [argument: string]: unknown } } = {};
  for (const [type, resources] of Object.entries(synth(stack).resource ?? {})) {
    if (type === "imagetask_completion") continue;
    for (const step of Object.values(resources)) found[String(step.start_key).split("/")[2]] = step;
  }
  return { pipeline, stack, found };
}

const completionOf = (step: string) => expect.stringMatching(new RegExp(`imagetask_completion\\.p_${step}_Completion_\\w+`));

test("copies wait for the import, and exports wait for the copies", () => {
  const { found } = steps({
    import: { ...IMPORT, region: "cn-hangzhou" },
    copies: [{ region: "cn-shanghai" }, { region: "cn-beijing", imageName: "north" }],
    exports: [{ ossBucket: "backups" }],
  });
  expect(Object.keys(found).sort()).toEqual(["Copy-cn-beijing", "Copy-cn-shanghai", "Export", "Import"]);
  expect(found["Copy-cn-shanghai"]).toMatchObject({
    image_id: completionOf("Import"),
    source_region: "cn-hangzhou",
    region: "cn-shanghai",
  });
  expect(found["Copy-cn-beijing"]).toMatchObject({ image_id: completionOf("Import"), image_name: "north" });
  expect(found["Copy-cn-beijing"]).not.toHaveProperty("depends_on");
  expect(found.Export).toMatchObject({
    image_id: completionOf("Import"),
    region: "cn-hangzhou",
    depends_on: [completionOf("Copy-cn-shanghai"), completionOf("Copy-cn-beijing")],
  });
});

test("without a region, the source of the copies is the region attribute of the import", () => {
  const { found } = steps({ import: IMPORT, copies: [{ region: "cn-shanghai" }] });
  expect(found["Copy-cn-shanghai"].source_region).toMatch(/^\$\{imagetask_import\.p_Import_\w+\.region\}$/);
});

test("a pipeline can begin with an existing image", () => {
  const { found, pipeline } = steps({
    imageId: "m-1",
    region: "cn-hangzhou",
    copies: [{ region: "cn-shanghai" }],
    exports: [{ ossBucket: "backups" }],
  });
  expect(pipeline.import).toBeUndefined();
  expect(pipeline.imageId).toBe("m-1");
  expect(found["Copy-cn-shanghai"]).toMatchObject({ image_id: "m-1", source_region: "cn-hangzhou" });
  expect(found.Export).toMatchObject({ image_id: "m-1", region: "cn-hangzhou" });
});

test("an export in the region of a copy exports the copy", () => {
  const { found } = steps({
    import: IMPORT,
    copies: [{ region: "cn-shanghai" }],
    exports: [{ region: "cn-shanghai", ossBucket: "backups" }],
  });
  expect(found["Export-cn-shanghai"]).toMatchObject({ image_id: completionOf("Copy-cn-shanghai"), region: "cn-shanghai" });
  expect(found["Export-cn-shanghai"]).not.toHaveProperty("depends_on");
});

test("exports of one image run one after the other", () => {
  const { found } = steps({
    import: IMPORT,
    exports: [{ ossBucket: "backups" }, { id: "Vhd", ossBucket: "backups", imageFormat: "vhd" }, { id: "Raw", ossBucket: "archive" }],
  });
  expect(found.Export).not.toHaveProperty("depends_on");
  expect(found.Vhd.depends_on).toEqual([completionOf("Export")]);
  expect(found.Raw.depends_on).toEqual([completionOf("Vhd")]);
});

test("the ids of every step are accessible, and imageIdIn gives the image of a region", () => {
  const { pipeline, stack } = steps({
    import: { ...IMPORT, region: "cn-hangzhou" },
    copies: [{ region: "cn-shanghai" }],
    exports: [{ ossBucket: "backups" }],
  });
  const values = [
    pipeline.imageId,
    pipeline.import!.taskId,
    pipeline.copies[0].imageId,
    pipeline.exports[0].taskId,
    pipeline.imageIdIn("cn-shanghai"),
    pipeline.imageIdIn("cn-hangzhou"),
  ];
  values.forEach((value, index) => new TerraformOutput(stack, `o${index}`, { value }));
  const found = Object.values(synth(stack).output ?? {}).map(({ value }) => String(value).replace(/_[0-9A-F]{8}/g, ""));
  expect(found).toEqual([
    "${imagetask_completion.p_Import_Completion.image_id}",
    "${imagetask_import.p_Import.task_id}",
    "${imagetask_completion.p_Copy-cn-shanghai_Completion.image_id}",
    "${imagetask_export.p_Export.task_id}",
    "${imagetask_completion.p_Copy-cn-shanghai_Completion.image_id}",
    "${imagetask_completion.p_Import_Completion.image_id}",
  ]);
  expect(() => pipeline.imageIdIn("eu-central-1")).toThrow('It has one in "cn-hangzhou", "cn-shanghai".');
});

test("defaults apply to every step that does not set its own value", () => {
  const stack = emptyStack();
  const provider = new ImageTaskProvider(stack, "other", { alias: "other" });
  new ImageTaskPipeline(stack, "p", {
    defaults: { timeout: "3h", onTimeout: "detach", provider },
    import: { ...IMPORT, timeout: "1h" },
    copies: [{ region: "cn-shanghai" }],
  });
  const completions = Object.values(synth(stack).resource!.imagetask_completion);
  expect(completions).toEqual([
    expect.objectContaining({ timeouts: { create: "3h" }, on_timeout: "detach", provider: "imagetask.other" }),
    expect.objectContaining({ timeouts: { create: "1h" }, on_timeout: "detach", provider: "imagetask.other" }),
  ]);
});

test.each<[string, ImageTaskPipelineProps, string]>([
  ["neither import nor image", {}, "Neither `import` nor `imageId` is set"],
  ["import and image", { import: IMPORT, imageId: "m-1" }, "Both `import` and `imageId` are set"],
  ["two regions for the import", { import: { ...IMPORT, region: "cn-hangzhou" }, region: "cn-beijing" }, "Set one of them"],
  [
    "copies of an image without its region",
    { imageId: "m-1", copies: [{ region: "cn-shanghai" }] },
    "Set `region` to the region of `imageId`",
  ],
  [
    "two copies to one region",
    { import: IMPORT, copies: [{ region: "cn-shanghai" }, { region: "cn-shanghai", id: "again" }] },
    'Items 1 and 2 of `copies` go to "cn-shanghai"',
  ],
  ["two exports with one id", { import: IMPORT, exports: [{ ossBucket: "aaa" }, { ossBucket: "bbb" }] }, "Give each its own `id`"],
  [
    "an export in a region without an image",
    { imageId: "m-1", region: "cn-hangzhou", copies: [{ region: "cn-shanghai" }], exports: [{ region: "cn-beijing", ossBucket: "aaa" }] },
    'It has one in "cn-hangzhou", "cn-shanghai"',
  ],
  ["a wrong prop of a step", { import: IMPORT, copies: [{ region: "Shanghai" }] }, "[stack/p/Copy-Shanghai]"],
])("a pipeline with %s is refused", (_, props, because) => {
  expect(() => new ImageTaskPipeline(emptyStack(), "p", props)).toThrow(because);
});

test("a copy to a region that only Terraform knows needs an id", () => {
  const stack = emptyStack();
  const region = new TerraformVariable(stack, "region", { type: "string" }).stringValue;
  expect(() => new ImageTaskPipeline(stack, "bad", { import: IMPORT, copies: [{ region }] })).toThrow("Set the item's `id`");
  new ImageTaskPipeline(stack, "good", { import: IMPORT, copies: [{ id: "Second", region }] });
  expect(Object.values(synth(stack).resource!.imagetask_copy)[0].region).toBe("${var.region}");
});

test("isImageTaskPipeline recognises a pipeline, and nothing else", () => {
  expect(ImageTaskPipeline.isImageTaskPipeline(new ImageTaskPipeline(emptyStack(), "p", { imageId: "m-1" }))).toBe(true);
  expect(ImageTaskPipeline.isImageTaskPipeline(emptyStack())).toBe(false);
});
