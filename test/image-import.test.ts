import { Fn, TerraformOutput, TerraformIterator, TerraformVariable, Testing } from "cdktf";
import { ImageImport, ImageTaskProvider, ImageTaskValidationError, type ImageImportProps } from "../lib";
import { emptyStack, resource, synth } from "./synth";

jest.mock("../lib/private/provider-package", () => ({
  readProviderPackage: () => jest.requireActual("./private/fake-package").fakePackage(),
}));

const DISKS = [{ ossBucket: "my-bucket", ossObject: "images/disk.qcow2" }];

test("every prop is written under Terraform's name", () => {
  const stack = emptyStack();
  new ImageImport(stack, "web", {
    diskDeviceMapping: [{ ...DISKS[0], format: "qcow2", diskImageSize: 40 }],
    imageName: "web",
    description: "The web server",
    region: "cn-hangzhou",
    architecture: "x86_64",
    osType: "linux",
    platform: "Ubuntu",
    bootMode: "UEFI",
    licenseType: "Auto",
    roleName: "importer",
    resourceGroupId: "rg-1",
    detectionStrategy: "Standard",
    storageLocationArn: "arn:acs:cloudbox:cn-hangzhou:1:cloudbox/cb-1",
    features: { nvmeSupport: "supported", imdsSupport: "v2" },
    tags: { team: "web" },
    retainOnDestroy: true,
    timeouts: { create: "5m", delete: "30m" },
    timeout: "90m",
    onTimeout: "detach",
    onInterrupt: "cancel",
  });

  expect(resource(stack, "imagetask_import")).toMatchObject({
    disk_device_mapping: [
      {
        oss_bucket: "my-bucket",
        oss_object: "images/disk.qcow2",
        format: "qcow2",
        disk_image_size: 40,
      },
    ],
    image_name: "web",
    description: "The web server",
    region: "cn-hangzhou",
    architecture: "x86_64",
    os_type: "linux",
    platform: "Ubuntu",
    boot_mode: "UEFI",
    license_type: "Auto",
    role_name: "importer",
    resource_group_id: "rg-1",
    detection_strategy: "Standard",
    storage_location_arn: "arn:acs:cloudbox:cn-hangzhou:1:cloudbox/cb-1",
    features: { nvme_support: "supported", imds_support: "v2" },
    tags: { team: "web" },
    retain_on_destroy: true,
    timeouts: { create: "5m", delete: "30m" },
    start_key: "stack/web",
  });
  expect(resource(stack, "imagetask_completion")).toMatchObject({
    operation_id: expect.stringMatching(/^\$\{imagetask_import\.web_\w+\.id\}$/),
    on_timeout: "detach",
    on_interrupt: "cancel",
    timeouts: { create: "90m" },
  });
});

test("an import with only disks sets the disks, the start key, the stack and the deadline", () => {
  const stack = emptyStack();
  new ImageImport(stack, "web", { diskDeviceMapping: DISKS });
  expect(Testing.synth(stack)).toMatchInlineSnapshot(`
   "{
     "provider": {
       "imagetask": [
         {
         }
       ]
     },
     "resource": {
       "imagetask_completion": {
         "web_Completion_B742B2CB": {
           "operation_id": "\${imagetask_import.web_08B6E5F3.id}"
         }
       },
       "imagetask_import": {
         "web_08B6E5F3": {
           "disk_device_mapping": [
             {
               "oss_bucket": "my-bucket",
               "oss_object": "images/disk.qcow2"
             }
           ],
           "expires_after": "2h",
           "stack": "stack",
           "start_key": "stack/web"
         }
       }
     },
     "terraform": {
       "required_providers": {
         "imagetask": {
           "source": "registry.terraform.io/alicloud-image-tasks/imagetask",
           "version": "0.0.123456"
         }
       }
     }
   }"
  `);
});

test("an arm64 image without a boot mode gets UEFI", () => {
  const stack = emptyStack();
  new ImageImport(stack, "web", { diskDeviceMapping: DISKS, architecture: "ARM64" });
  expect(resource(stack, "imagetask_import").boot_mode).toBe("UEFI");
});

test("imageId is an attribute of the completion, so that its users wait; taskId is one of the operation", () => {
  const stack = emptyStack();
  const web = new ImageImport(stack, "web", { diskDeviceMapping: DISKS });
  new TerraformOutput(stack, "image", { value: web.imageId });
  new TerraformOutput(stack, "task", { value: web.taskId });
  expect(synth(stack).output).toMatchObject({
    image: {
      value: expect.stringMatching(/^\$\{imagetask_completion\..*\.image_id\}$/),
    },
    task: {
      value: expect.stringMatching(/^\$\{imagetask_import\..*\.task_id\}$/),
    },
  });
});

test("the generated resources are accessible and can be overridden", () => {
  const stack = emptyStack();
  const web = new ImageImport(stack, "web", { diskDeviceMapping: DISKS });
  web.operation.addOverride("lifecycle.prevent_destroy", true);
  web.completion.addOverride("timeouts.create", "3h");
  expect(resource(stack, "imagetask_import")).toMatchObject({
    lifecycle: { prevent_destroy: true },
  });
  expect(resource(stack, "imagetask_completion")).toMatchObject({
    timeouts: { create: "3h" },
  });
});

test("a start key that is set is used instead of the path", () => {
  const stack = emptyStack();
  new ImageImport(stack, "web", {
    diskDeviceMapping: DISKS,
    startKey: "prod-web",
  });
  expect(resource(stack, "imagetask_import").start_key).toBe("prod-web");
});

test("the provider that is set is used by operation and completion, and no default provider is created", () => {
  const stack = emptyStack();
  const provider = new ImageTaskProvider(stack, "beijing", {
    region: "cn-beijing",
    alias: "beijing",
  });
  new ImageImport(stack, "web", { diskDeviceMapping: DISKS, provider });
  expect(resource(stack, "imagetask_import").provider).toBe("imagetask.beijing");
  expect(resource(stack, "imagetask_completion").provider).toBe("imagetask.beijing");
  expect(synth(stack).provider?.imagetask).toEqual([{ alias: "beijing", region: "cn-beijing" }]);
});

test("tokens are accepted as values, and as the whole list of disks", () => {
  const stack = emptyStack();
  const variable = new TerraformVariable(stack, "v", { type: "string" });
  const iterator = TerraformIterator.fromList(["a", "b"]);
  new ImageImport(stack, "web", {
    imageName: variable.stringValue,
    timeout: variable.stringValue,
    region: Fn.lower(variable.stringValue),
    diskDeviceMapping: iterator.dynamic({
      oss_bucket: "my-bucket",
      oss_object: iterator.value,
    }),
  });
  expect(resource(stack, "imagetask_import")).toMatchObject({
    image_name: "${var.v}",
    region: "${lower(var.v)}",
    dynamic: { disk_device_mapping: { for_each: '${toset(["a", "b"])}', content: { oss_object: "${each.value}" } } },
  });
  expect(resource(stack, "imagetask_completion")).toMatchObject({ timeouts: { create: "${var.v}" } });
});

test.each<[string, Partial<ImageImportProps>, string]>([
  ["a name that starts with a digit", { imageName: "1st" }, '`imageName` is "1st": it does not start with a letter'],
  ["an arm64 image with BIOS", { architecture: "arm64", bootMode: "BIOS" }, '`bootMode` is "BIOS" and `architecture` is "arm64"'],
  ["a disk too large", { diskDeviceMapping: [{ ...DISKS[0], diskImageSize: 4096 }] }, "`diskDeviceMapping[0].diskImageSize` is 4096"],
  ["the same disk twice", { diskDeviceMapping: [DISKS[0], DISKS[0]] }, "Disks 1 and 2"],
  ["no disk", { diskDeviceMapping: [] }, "Add the system disk"],
  ["an unknown format", { diskDeviceMapping: [{ ...DISKS[0], format: "iso" as "RAW" }] }, "`diskDeviceMapping[0].format`"],
  ["the reserved tag of the start key", { tags: { "imagetask:start_key": "x" } }, "`startKey` sets the value of imagetask:start_key"],
  ["a timeout without a unit", { timeout: "20" }, '`timeout` is "20"'],
  ["a time limit of the start without a unit", { timeouts: { create: "20" } }, '`timeouts.create` is "20"'],
  ["an unknown onTimeout", { onTimeout: "abort" as "cancel" }, '`onTimeout` is "abort"'],
])("%s is refused with a message that names the prop and the construct", (_, props, because) => {
  const create = () =>
    new ImageImport(emptyStack(), "web", {
      diskDeviceMapping: DISKS,
      ...props,
    });
  expect(create).toThrow(because);
  expect(create).toThrow("[stack/web]");
});

test("an ImageTaskValidationError has all issues and the path of the construct", () => {
  let error: unknown;
  try {
    new ImageImport(emptyStack(), "web", {
      diskDeviceMapping: DISKS,
      imageName: "1",
      description: "x",
      timeout: "never",
    });
  } catch (caught) {
    error = caught;
  }
  if (!ImageTaskValidationError.isImageTaskValidationError(error)) throw new Error("not the error that was expected");
  expect(error.constructPath).toBe("stack/web");
  expect(error.issues.map((issue) => issue.path)).toEqual([["imageName"], ["description"], ["timeout"]]);
});

test("isImageImport recognises an import, and nothing else", () => {
  const web = new ImageImport(emptyStack(), "web", {
    diskDeviceMapping: DISKS,
  });
  expect(ImageImport.isImageImport(web)).toBe(true);
  expect(ImageImport.isImageImport(web.operation)).toBe(false);
  expect(ImageImport.isImageImport(null)).toBe(false);
});
