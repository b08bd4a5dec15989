import { defaultBehaviour } from "../../../lib/emulator";
import { EVERY_STATUS, REGION, importRequest, models, refusal, startImport, withEcs } from "../support/sdk";

const disk = (over: { [name: string]: unknown } = {}) =>
  new models.ImportImageRequestDiskDeviceMapping({ OSSBucket: "images", OSSObject: "web.qcow2", ...over });

const describe_ = (over: { [name: string]: unknown } = {}) =>
  new models.DescribeImagesRequest({ regionId: REGION, status: EVERY_STATUS, ...over });

test("ImportImage returns ids of its region, and the image goes from Creating to Available", () =>
  withEcs({}, async ({ ecs, client }) => {
    const response = await client.importImage(importRequest({ description: "a web server", bootMode: "UEFI" }));
    const { imageId, taskId, regionId, requestId } = response.body!;
    expect(imageId).toMatch(/^m-bp1[0-9a-z]{17}$/);
    expect(taskId).toMatch(/^t-bp1[0-9a-z]{17}$/);
    expect(imageId!.slice(2, 17)).toBe(taskId!.slice(2, 17));
    expect(regionId).toBe(REGION);
    expect(response.headers!["x-acs-request-id"]).toBe(requestId);

    ecs.advance(30_000);
    const creating = (await client.describeImages(describe_())).body!.images!.image![0]!;
    expect(creating).toMatchObject({
      imageId,
      imageName: "web",
      status: "Creating",
      progress: "50%",
      bootMode: "UEFI",
      description: "a web server",
      usable: false,
    });
    expect(creating.diskDeviceMappings!.diskDeviceMapping![0]).toMatchObject({
      type: "system",
      format: "QCOW2",
      importOSSBucket: "images",
      importOSSObject: "web.qcow2",
      remainTime: 30,
    });

    ecs.advance(30_000);
    expect(ecs.tasks[0]!.status).toBe("Finished");
    expect(ecs.images[0]!.status).toBe("Creating");
    ecs.advance(500);
    expect((await client.describeImages(describe_())).body!.images!.image![0]).toMatchObject({
      status: "Available",
      progress: "100%",
      usable: true,
    });
  }));

test("parameters that are not given have the reference's defaults", () =>
  withEcs({}, async ({ ecs, client }) => {
    await startImport(client, { imageName: undefined });
    expect(ecs.images[0]).toMatchObject({ name: "", architecture: "x86_64", osType: "linux", platform: "Others Linux", bootMode: "BIOS" });
  }));

test.each([
  [{ regionId: undefined }, "400 MissingParameter"],
  [{ regionId: "cn-nowhere" }, "400 InvalidRegionId.NotFound"],
  [{ diskDeviceMapping: undefined }, "400 MissingParameter"],
  [{ diskDeviceMapping: [disk({ OSSBucket: undefined })] }, "400 MissingParameter"],
  [{ diskDeviceMapping: [disk({ OSSObject: undefined })] }, "400 MissingParameter"],
  [{ diskDeviceMapping: [disk({ format: "ISO" })] }, "400 InvalidImageFormat.Malformed"],
  [{ diskDeviceMapping: [disk({ diskImageSize: 0 })] }, "400 InvalidImageSize"],
  [{ diskDeviceMapping: [disk({ diskImageSize: 2049 })] }, "400 InvalidImageSize"],
  [{ diskDeviceMapping: [disk(), disk({ diskImageSize: 5000 })] }, "400 InvalidDataDiskSize"],
  [{ diskDeviceMapping: [disk({ OSSBucket: "UPPER" })] }, "400 InvalidOSSBucket.Malformed"],
  [{ diskDeviceMapping: [disk({ OSSObject: "/web" })] }, "400 InvalidOSSObject.Malformed"],
  [{ imageName: "a" }, "400 InvalidImageName.Malformed"],
  [{ imageName: "1web" }, "400 InvalidImageName.Malformed"],
  [{ imageName: "aliyun-web" }, "400 InvalidImageName.Malformed"],
  [{ imageName: "acs:web" }, "400 InvalidImageName.Malformed"],
  [{ imageName: "web server" }, "400 InvalidImageName.Malformed"],
  [{ imageName: "w".repeat(129) }, "400 InvalidImageName.Malformed"],
  [{ description: "https://x" }, "400 InvalidDescription.Malformed"],
  [{ architecture: "sparc" }, "400 InvalidArchitecture.Malformed"],
  [{ architecture: "arm64" }, "400 InvalidBootMode.NotSupport"],
  [{ OSType: "beos" }, "400 InvalidOSType.Malformed"],
  [{ platform: "BeOS" }, "400 InvalidPlatform.Malformed"],
  [{ bootMode: "FLOPPY" }, "400 InvalidBootMode.Malformed"],
  [{ licenseType: "GPL" }, "400 InvalidLicenseType.NotSupported"],
  [{ detectionStrategy: "Deep" }, "400 InvalidParameter.DetectionStrategy"],
  [{ detectionStrategy: "Standard", platform: "Windows Server 2022" }, "403 ImageCheckUnsupported.WindowsImage"],
  [{ features: new models.ImportImageRequestFeatures({ imdsSupport: "v3" }) }, "400 InvalidParameter.FeaturesImdsSupport"],
  [{ clientToken: "t".repeat(65) }, "400 InvalidClientToken.Malformed"],
  [{ tag: [{ key: "acs:x", value: "" }] }, "400 InvalidTagKey.Malformed"],
  [
    {
      tag: [
        { key: "k", value: "1" },
        { key: "k", value: "2" },
      ],
    },
    "403 TagKey.Duplication",
  ],
  [{ tag: Array.from({ length: 21 }, (_, index) => ({ key: `k${index}`, value: "" })) }, "400 InvalidTagCount"],
  [{ dryRun: true }, "400 DryRunOperation"],
  [{ dryRun: true, description: "x" }, "400 InvalidDescription.Malformed"],
  [{ imageName: "镜像.a:b_c-d1" }, "accepted"],
  [{ architecture: "ARM64", bootMode: "uefi", diskDeviceMapping: [disk({ format: "qcow2", diskImageSize: 2048 })] }, "accepted"],
])("ImportImage with %j returns %s", (over, answer) =>
  withEcs({}, async ({ ecs, client }) => {
    const { tag, ...rest } = over as { tag?: { key: string; value: string }[] };
    expect(
      await refusal(
        client.importImage(importRequest({ ...rest, ...(tag && { tag: tag.map((entry) => new models.ImportImageRequestTag(entry)) }) })),
      ),
    ).toBe(answer);
    expect(ecs.tasks).toHaveLength(answer === "accepted" ? 1 : 0);
  }),
);

test("disks after the seventeenth are ignored", () =>
  withEcs({}, async ({ ecs, client }) => {
    await startImport(client, { diskDeviceMapping: Array.from({ length: 19 }, () => disk()) });
    expect(ecs.images[0]!.disks).toHaveLength(17);
    expect(ecs.images[0]!.disks[1]).toMatchObject({ type: "data", device: "/dev/xvdb" });
  }));

test("an image name that is taken in the region is refused", () =>
  withEcs({}, async ({ ecs, client }) => {
    await startImport(client);
    expect(await refusal(client.importImage(importRequest()))).toBe("403 ImageIsImporting");
    ecs.behaviour.image.importingName = "InvalidImageName.Duplicated";
    expect(await refusal(client.importImage(importRequest()))).toBe("400 InvalidImageName.Duplicated");
    ecs.behaviour.image.importingName = "ImageIsImporting";
    ecs.advance(61_000);
    expect(await refusal(client.importImage(importRequest()))).toBe("400 InvalidImageName.Duplicated");
    await startImport(client, { regionId: "cn-beijing" });
  }));

test("ImportImage is refused over the image quota, and without the RAM role", () =>
  withEcs({ behaviour: { image: { quota: 1 } } }, async ({ ecs, client }) => {
    await startImport(client);
    expect(await refusal(client.importImage(importRequest({ imageName: "two" })))).toBe("403 QuotaExceed.Image");
    ecs.behaviour.image.quota = null;
    ecs.oss.setRoles([]);
    expect(await refusal(client.importImage(importRequest({ imageName: "two" })))).toBe("403 NoSetRoletoECSServiceAcount");
    ecs.behaviour.request.roleCode = "NoSetRoletoECSServiceAccount";
    expect(await refusal(client.importImage(importRequest({ imageName: "two" })))).toBe("403 NoSetRoletoECSServiceAccount");
    ecs.oss.setRoles(["mine"]);
    await startImport(client, { imageName: "two", roleName: "mine" });
  }));

test("once a bucket is declared, ImportImage finds only declared buckets and objects", () =>
  withEcs(
    {
      buckets: [
        {
          name: "images",
          region: REGION,
          objects: [{ key: "web.qcow2" }, { key: "empty", size: 0 }, { key: "old", storageClass: "Archive" }],
        },
        { name: "abroad", region: "us-east-1" },
        { name: "locked", region: REGION, authorized: false },
        { name: "sealed", region: REGION, encrypted: true },
      ],
    },
    async ({ client }) => {
      const from = (OSSBucket: string, OSSObject = "web.qcow2") =>
        refusal(client.importImage(importRequest({ diskDeviceMapping: [disk({ OSSBucket, OSSObject })] })));
      expect(await from("nobucket")).toBe("400 InvalidOSSBucket.NotFound");
      expect(await from("abroad")).toBe("400 InvalidOSSBucket.NotFound");
      expect(await from("locked")).toBe("403 InvalidOSS.NotAuthorized");
      expect(await from("sealed")).toBe("403 InvalidOSSBucket.EncryptUnsupported");
      expect(await from("images", "none")).toBe("400 InvalidOSSObject.NotFound");
      expect(await from("images", "empty")).toBe("400 InvalidOSSObject.Size");
      expect(await from("images", "old")).toBe("400 InvalidOSSObject.NeedRestore");
      expect(await from("images")).toBe("accepted");
    },
  ));

test("imports over task.concurrentImports wait, and start in the order of their calls", () =>
  withEcs({ behaviour: { task: { concurrentImports: 1 } } }, async ({ ecs, client }) => {
    for (const imageName of ["aa", "bb", "cc"]) await startImport(client, { imageName });
    expect(ecs.tasks.map((task) => task.status)).toEqual(["Processing", "Waiting", "Waiting"]);
    expect(ecs.images.map((image) => image.status)).toEqual(["Creating", "Waiting", "Waiting"]);
    ecs.advance(60_000);
    expect(ecs.tasks.map((task) => task.status)).toEqual(["Finished", "Processing", "Waiting"]);
    ecs.advance(120_000);
    expect(ecs.tasks.map((task) => task.endedAt! - task.createdAt)).toEqual([60_000, 120_000, 180_000]);
  }));

test("a new RAM role is refused until request.roleDelay has passed", () =>
  withEcs({ behaviour: { request: { roleDelay: 5_000 } } }, async ({ ecs, client }) => {
    ecs.oss.setRoles([]);
    ecs.oss.setRoles(["AliyunECSImageImportDefaultRole"]);
    expect(await refusal(client.importImage(importRequest()))).toBe("403 NoSetRoletoECSServiceAcount");
    ecs.advance(5_000);
    await startImport(client);
  }));

test("with image.usableLead an image is usable before it is Available", () =>
  withEcs({ behaviour: { image: { availableDelay: 5_000, usableLead: 2_000 } } }, async ({ ecs, client }) => {
    await startImport(client);
    const seen = () => ecs.images.map(({ status, usable }) => `${status} ${usable}`)[0];
    ecs.advance(62_999);
    expect(seen()).toBe("Creating false");
    ecs.advance(1);
    expect(seen()).toBe("Creating true");
    ecs.advance(2_000);
    expect(seen()).toBe("Available true");
  }));

test("by default a task is Waiting for 200 ms before it is Processing", () =>
  withEcs({ behaviour: { task: { waiting: defaultBehaviour().task.waiting } } }, async ({ ecs, client }) => {
    await startImport(client);
    expect(ecs.tasks[0]!.status).toBe("Waiting");
    ecs.advance(200);
    expect(ecs.tasks[0]!.status).toBe("Processing");
  }));
