import { Fn, TerraformVariable, Token } from "cdktf";
import type { Construct } from "constructs";
import {
  ImageCopy,
  ImageExport,
  ImageImport,
  ImageTaskPipeline,
  ImageTaskProvider,
  ImageTaskReaper,
  ImageTaskRoles,
  ImageTaskValidationError,
} from "../lib";
import { emptyStack, synth } from "./synth";

jest.mock("../lib/private/provider-package", () => ({
  readProviderPackage: () => jest.requireActual("./private/fake-package").fakePackage(),
}));

type Constructs = { readonly [kind: string]: new (scope: Construct, id: string, props: never) => Construct };
const KINDS: Constructs = { ImageImport, ImageExport, ImageCopy, ImageTaskPipeline, ImageTaskProvider, ImageTaskReaper, ImageTaskRoles };
const disks = [{ ossBucket: "my-bucket", ossObject: "x" }];
const IMPORT = { diskDeviceMapping: disks };
const EXPORT = { imageId: "m-1", ossBucket: "my-bucket" };
const COPY = { imageId: "m-1", sourceRegion: "cn-hangzhou", region: "cn-beijing" };

/** Props as JavaScript can pass them, without a check of types. */
function faultsOf(kind: string, props: unknown): string[] {
  try {
    new KINDS[kind]!(emptyStack(), "x", props as never);
    return [];
  } catch (error) {
    if (!ImageTaskValidationError.isImageTaskValidationError(error)) throw error;
    return error.issues.map(({ detail }) => detail);
  }
}

describe("props that would be written wrongly or not at all are refused", () => {
  test.each<[string, object, string]>([
    ["ImageTaskProvider", { endpoints: [{ ecs: "127.0.0.1:4566" }] }, "`endpoints` is a list, but must be one object."],
    ["ImageTaskProvider", { assumeRole: [{ roleArn: "acs:ram::1:role/x" }] }, "`assumeRole` is a list, but must be one object."],
    ["ImageTaskProvider", { assumeRoleWithOidc: [{}] }, "`assumeRoleWithOidc` is a list, but must be one object."],
    ["ImageTaskProvider", { defaultTags: ["a"] }, "`defaultTags` is a list, but must be one object of keys and values."],
    ["ImageTaskProvider", { region: ["cn-hangzhou"] }, "`region` is a list, but must be a string."],
    ["ImageImport", { ...IMPORT, features: [{ nvmeSupport: "supported" }] }, "`features` is a list, but must be one object."],
    ["ImageImport", { ...IMPORT, timeouts: [{ create: "1m" }] }, "`timeouts` is a list, but must be one object."],
    ["ImageImport", { diskDeviceMapping: disks[0] }, "`diskDeviceMapping` is an object, but must be a list of objects."],
    ["ImageImport", { diskDeviceMapping: ["my-bucket"] }, "`diskDeviceMapping[0]` is a string, but must be one object."],
    ["ImageImport", { ...IMPORT, tags: [{ key: "a", value: "b" }] }, "`tags` is a list, but must be one object of keys and values."],
    ["ImageImport", { ...IMPORT, tags: { a: { b: "c" } } }, "`tags.a` is an object, but must be a string."],
    ["ImageImport", { ...IMPORT, retainOnDestroy: "yes" }, "`retainOnDestroy` is a string, but must be true or false."],
    ["ImageImport", { ...IMPORT, timeout: { create: "1m" } }, "`timeout` is an object, but must be a string."],
    [
      "ImageImport",
      { diskDeviceMapping: [{ ...disks[0], diskImageSize: "big" }] },
      "`diskDeviceMapping[0].diskImageSize` is a string, but must be a number.",
    ],
    ["ImageExport", { ...EXPORT, imageId: { id: "m-1" } }, "`imageId` is an object, but must be a string."],
    ["ImageCopy", { ...COPY, encrypted: [true] }, "`encrypted` is a list, but must be true or false."],
    ["ImageTaskPipeline", { import: [IMPORT] }, "`import` is a list, but must be one object."],
    ["ImageTaskPipeline", { import: IMPORT, copies: { region: "cn-beijing" } }, "`copies` is an object, but must be a list of objects."],
    ["ImageTaskPipeline", { import: { ...IMPORT, features: [{}] } }, "`import.features` is a list, but must be one object."],
    ["ImageTaskRoles", { importBuckets: "my-bucket" }, "`importBuckets` is a string, but must be a list."],
  ])("%s with a value of the wrong type: %j", (kind, props, expected) => {
    expect(faultsOf(kind, props)).toEqual([expect.stringContaining(expected)]);
  });

  test.each<[string, object, string, string | null]>([
    ["ImageImport", { ...IMPORT, timeOut: "1m" }, "timeOut", "timeout"],
    ["ImageImport", { ...IMPORT, image_name: "web" }, "image_name", "imageName"],
    ["ImageImport", { ...IMPORT, timeouts: { creat: "1m" } }, "timeouts.creat", "create"],
    ["ImageImport", { diskDeviceMapping: [{ ...disks[0], ossbucket: "b" }] }, "diskDeviceMapping[0].ossbucket", "ossBucket"],
    ["ImageImport", { ...IMPORT, features: { nvmeSuport: "supported" } }, "features.nvmeSuport", "nvmeSupport"],
    ["ImageImport", { ...IMPORT, constructor: 1 }, "constructor", null],
    ["ImageImport", { ...IMPORT, taskId: "t-1" }, "taskId", null],
    ["ImageExport", { ...EXPORT, ossPrefx: "x" }, "ossPrefx", "ossPrefix"],
    ["ImageCopy", { ...COPY, kmsKeyID: "k" }, "kmsKeyID", "kmsKeyId"],
    ["ImageTaskProvider", { endpoints: { ECS: "127.0.0.1:1" } }, "endpoints.ECS", "ecs"],
    ["ImageTaskProvider", { assumeRole: { rolearn: "acs:ram::1:role/x" } }, "assumeRole.rolearn", "roleArn"],
    ["ImageTaskPipeline", { import: IMPORT, copie: [] }, "copie", "copies"],
    [
      "ImageTaskPipeline",
      { import: IMPORT, copies: [{ region: "cn-beijing", sourceRegion: "cn-hangzhou" }] },
      "copies[0].sourceRegion",
      null,
    ],
    ["ImageTaskPipeline", { import: IMPORT, defaults: { timeOut: "1m" } }, "defaults.timeOut", "timeout"],
    ["ImageTaskRoles", { importBucket: ["b"] }, "importBucket", "importBuckets"],
    ["ImageTaskReaper", { olderthan: "6h" }, "olderthan", "olderThan"],
  ])("%s with an unknown name: %j", (kind, props, name, near) => {
    const faults = faultsOf(kind, props);
    expect(faults).toContainEqual(expect.stringContaining(`\`${name}\` does not exist`));
    expect(faults.find((fault) => fault.includes(name))).toContain(near === null ? "The props are " : `Did you mean \`${near}\`?`);
  });

  test("with all issues in one error", () => {
    expect(faultsOf("ImageImport", { ...IMPORT, features: [{}], timeOut: "1m", tags: [] })).toHaveLength(3);
  });

  test("the tag key __proto__, which cdktf cannot write, is refused, but constructor and toString are written", () => {
    expect(faultsOf("ImageImport", { ...IMPORT, tags: { ["__proto__"]: "x" } })).toEqual([expect.stringContaining('the key "__proto__"')]);
    const stack = emptyStack();
    new ImageImport(stack, "web", { ...IMPORT, tags: { constructor: "a", toString: "b" } });
    expect(Object.values(synth(stack).resource!["imagetask_import"]!)[0]!["tags"]).toEqual({ constructor: "a", toString: "b" });
  });

  test("undefined values, tokens and the props of every Terraform resource are accepted", () => {
    const stack = emptyStack();
    const any = new TerraformVariable(stack, "any", {});
    new ImageImport(stack, "web", {
      ...IMPORT,
      features: undefined,
      tags: any.value as never,
      timeout: any.stringValue,
      retainOnDestroy: any.booleanValue,
      lifecycle: { preventDestroy: true },
      dependsOn: [],
    } as never);
    new ImageImport(stack, "b", { diskDeviceMapping: any.value as never, timeouts: any.value as never });
    new ImageImport(stack, "c", { diskDeviceMapping: [{ ...disks[0], diskImageSize: Token.asNumber(any.value) }] as never });
    new ImageTaskRoles(stack, "roles", { importBuckets: [any.stringValue, Fn.lower(any.stringValue)] });
    const { web, b, c } = Object.fromEntries(
      Object.entries(synth(stack).resource!["imagetask_import"]!).map(([name, value]) => [name.split("_")[0], value]),
    );
    expect(web).toMatchObject({ tags: "${var.any}", retain_on_destroy: "${var.any}", lifecycle: { prevent_destroy: true } });
    expect(b).toMatchObject({ disk_device_mapping: "${var.any}", timeouts: "${var.any}" });
    expect(c).toMatchObject({ disk_device_mapping: [{ disk_image_size: "${var.any}" }] });
  });
});
