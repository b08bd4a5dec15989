import { TerraformOutput } from "cdktf";
import { ImageExport, ImageImport, type ImageExportProps } from "../lib";
import { emptyStack, resource, synth } from "./synth";

jest.mock("../lib/private/provider-package", () => ({
  readProviderPackage: () => jest.requireActual("./private/fake-package").fakePackage(),
}));

test("every prop is written under Terraform's name", () => {
  const stack = emptyStack();
  new ImageExport(stack, "backup", {
    imageId: "m-1",
    ossBucket: "my-bucket",
    ossPrefix: "nightly",
    imageFormat: "QCOW2",
    roleName: "exporter",
    region: "cn-hangzhou",
    timeout: "4h",
    timeouts: { delete: "5m" },
  });
  expect(resource(stack, "imagetask_export")).toMatchObject({
    image_id: "m-1",
    oss_bucket: "my-bucket",
    oss_prefix: "nightly",
    image_format: "QCOW2",
    role_name: "exporter",
    region: "cn-hangzhou",
    start_key: "stack/backup",
    timeouts: { delete: "5m" },
  });
  expect(resource(stack, "imagetask_completion")).toMatchObject({
    operation_id: expect.stringMatching(/^\$\{imagetask_export\./),
    timeouts: { create: "4h" },
  });
});

test("an export of an imported image waits for the import's completion", () => {
  const stack = emptyStack();
  const web = new ImageImport(stack, "web", { diskDeviceMapping: [{ ossBucket: "my-bucket", ossObject: "disk.raw" }] });
  const backup = new ImageExport(stack, "backup", { imageId: web.imageId, ossBucket: "my-bucket" });
  new TerraformOutput(stack, "exported", { value: backup.imageId });
  new TerraformOutput(stack, "task", { value: backup.taskId });
  const { resource: resources, output } = synth(stack);
  expect(Object.values(resources?.imagetask_export ?? {})[0].image_id).toMatch(
    /^\$\{imagetask_completion\.web_Completion_\w+\.image_id\}$/,
  );
  expect(output?.exported.value).toMatch(/^\$\{imagetask_completion\.backup_Completion_/);
  expect(output?.task.value).toMatch(/^\$\{imagetask_export\..*\.task_id\}$/);
});

test.each<[Partial<ImageExportProps>, string]>([
  [{ imageFormat: "iso" as "raw" }, "`imageFormat`"],
  [{ ossPrefix: "a/b" }, 'Write, for example, "ab"'],
  [{ ossBucket: "oss://my-bucket" }, 'Write "my-bucket"'],
  [{ imageId: "" }, "`imageId`"],
])("an export with %j is refused", (props, because) => {
  expect(() => new ImageExport(emptyStack(), "backup", { imageId: "m-1", ossBucket: "my-bucket", ...props })).toThrow(because);
});

test("isImageExport recognises an export, isImageImport does not", () => {
  const backup = new ImageExport(emptyStack(), "backup", { imageId: "m-1", ossBucket: "my-bucket" });
  expect(ImageExport.isImageExport(backup)).toBe(true);
  expect(ImageImport.isImageImport(backup)).toBe(false);
});
