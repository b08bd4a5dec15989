import { TerraformOutput } from "cdktf";
import { ImageCopy } from "../lib";
import { emptyStack, resource, synth } from "./synth";

jest.mock("../lib/private/provider-package", () => ({
  readProviderPackage: () => jest.requireActual("./private/fake-package").fakePackage(),
}));

const COPY = { imageId: "m-1", sourceRegion: "cn-hangzhou", region: "cn-shanghai" };

test("every prop is written under Terraform's name", () => {
  const stack = emptyStack();
  new ImageCopy(stack, "south", {
    ...COPY,
    imageName: "web",
    description: "A copy",
    encrypted: true,
    kmsKeyId: "key-1",
    resourceGroupId: "rg-1",
    tags: { a: "b" },
    retainOnDestroy: false,
    onInterrupt: "detach",
  });
  expect(resource(stack, "imagetask_copy")).toMatchObject({
    image_id: "m-1",
    source_region: "cn-hangzhou",
    region: "cn-shanghai",
    image_name: "web",
    description: "A copy",
    encrypted: true,
    kms_key_id: "key-1",
    resource_group_id: "rg-1",
    tags: { a: "b" },
    retain_on_destroy: false,
    start_key: "stack/south",
  });
  expect(resource(stack, "imagetask_completion")).toMatchObject({
    operation_id: expect.stringMatching(/^\$\{imagetask_copy\./),
    on_interrupt: "detach",
  });
});

test("imageId is the id of the new image, an attribute of the completion", () => {
  const stack = emptyStack();
  new TerraformOutput(stack, "image", { value: new ImageCopy(stack, "south", COPY).imageId });
  expect(synth(stack).output?.image.value).toMatch(/^\$\{imagetask_completion\.south_Completion_\w+\.image_id\}$/);
});

test.each([
  [{ region: "cn-hangzhou" }, "`region` and `sourceRegion` are both"],
  [{ kmsKeyId: "key-1" }, '`kmsKeyId` is "key-1" and `encrypted` is not set'],
  [{ sourceRegion: "cn-hangzhou-b" }, "`sourceRegion`"],
])("a copy with %j is refused", (props, because) => {
  expect(() => new ImageCopy(emptyStack(), "south", { ...COPY, ...props })).toThrow(because);
});

test("isImageCopy recognises a copy, and nothing else", () => {
  expect(ImageCopy.isImageCopy(new ImageCopy(emptyStack(), "south", COPY))).toBe(true);
  expect(ImageCopy.isImageCopy({})).toBe(false);
});
