import { exportRequest, importRequest, REGION } from "../../support/handler/builders";
import { ecsServer } from "../../support/handler/ecs-server";

describe("the gateway, over the real SDK", () => {
  const ecs = ecsServer();

  test("ImportImage sends every parameter and returns both ids", async () => {
    ecs.json({ RequestId: "R", TaskId: "t-1", ImageId: "m-1", RegionId: REGION });
    const request = importRequest({
      parameters: {
        ImageName: "web",
        Description: "d",
        OSType: "linux",
        BootMode: "UEFI",
        Features: { NvmeSupport: "supported", ImdsSupport: "v2" },
        DiskDeviceMapping: [
          { OSSBucket: "b", OSSObject: "o", Format: "QCOW2", DiskImageSize: 40 },
          { OSSBucket: "b", OSSObject: "p" },
        ],
      },
      tags: { a: "1" },
    });
    expect(await ecs.gateway().importImage(REGION, request, "token-1")).toEqual({ taskId: "t-1", imageId: "m-1" });
    expect(ecs.asked).toEqual([
      {
        action: "ImportImage",
        params: {
          RegionId: REGION,
          ClientToken: "token-1",
          ImageName: "web",
          Description: "d",
          OSType: "linux",
          BootMode: "UEFI",
          "Features.NvmeSupport": "supported",
          "Features.ImdsSupport": "v2",
          "DiskDeviceMapping.1.OSSBucket": "b",
          "DiskDeviceMapping.1.OSSObject": "o",
          "DiskDeviceMapping.1.Format": "QCOW2",
          "DiskDeviceMapping.1.DiskImageSize": "40",
          "DiskDeviceMapping.2.OSSBucket": "b",
          "DiskDeviceMapping.2.OSSObject": "p",
          "Tag.1.Key": "a",
          "Tag.1.Value": "1",
        },
      },
    ]);
  });

  test("ExportImage and CopyImage send every parameter and return their id", async () => {
    ecs.json({ RequestId: "R", TaskId: "t-1", RegionId: REGION });
    expect(await ecs.gateway().exportImage(REGION, exportRequest({ OSSPrefix: "p", ImageFormat: "vhd" }))).toEqual({ taskId: "t-1" });
    ecs.json({ RequestId: "R", ImageId: "m-2" });
    expect(
      await ecs.gateway().copyImage(
        "cn-beijing",
        {
          parameters: { ImageId: "m-1", DestinationRegionId: REGION, DestinationImageName: "web", Encrypted: true, KMSKeyId: "k" },
          tags: {},
        },
        "token-2",
      ),
    ).toEqual({ imageId: "m-2" });
    expect(ecs.asked.map(({ params }) => params)).toEqual([
      { RegionId: REGION, ImageId: expect.any(String) as string, OSSBucket: "out", OSSPrefix: "p", ImageFormat: "vhd" },
      {
        RegionId: "cn-beijing",
        ClientToken: "token-2",
        ImageId: "m-1",
        DestinationRegionId: REGION,
        DestinationImageName: "web",
        Encrypted: "true",
        KMSKeyId: "k",
      },
    ]);
  });

  test("cancels, deletions and changes send the id that they concern", async () => {
    ecs.json({ RequestId: "R" });
    const gateway = ecs.gateway();
    await gateway.cancelTask(REGION, "t-1");
    await gateway.cancelCopyImage(REGION, "m-1");
    await gateway.deleteImage(REGION, "m-1");
    await gateway.modifyImage(REGION, "m-1", { imageName: "n" });
    await gateway.tagImage(REGION, "m-1", { a: "1" });
    await gateway.untagImage(REGION, "m-1", ["a"]);
    expect(ecs.asked).toEqual([
      { action: "CancelTask", params: { RegionId: REGION, TaskId: "t-1" } },
      { action: "CancelCopyImage", params: { RegionId: REGION, ImageId: "m-1" } },
      { action: "DeleteImage", params: { RegionId: REGION, ImageId: "m-1" } },
      { action: "ModifyImageAttribute", params: { RegionId: REGION, ImageId: "m-1", ImageName: "n" } },
      {
        action: "TagResources",
        params: { RegionId: REGION, ResourceType: "image", "ResourceId.1": "m-1", "Tag.1.Key": "a", "Tag.1.Value": "1" },
      },
      { action: "UntagResources", params: { RegionId: REGION, ResourceType: "image", "ResourceId.1": "m-1", "TagKey.1": "a" } },
    ]);
  });

  test("tasks are queried by ids, resources and action, and images in every status", async () => {
    ecs.json({
      RequestId: "R",
      TotalCount: 7,
      TaskSet: { Task: [{ TaskId: "t-1", TaskAction: "ImportImage", TaskStatus: "Processing", SupportCancel: true, ResourceId: "m-1" }] },
    });
    expect(
      await ecs.gateway().describeTasks(REGION, { taskIds: ["t-1", "t-2"], resourceIds: ["m-1"], action: "ImportImage" }),
    ).toMatchObject({
      total: 7,
      items: [{ taskId: "t-1", status: "Processing", supportCancel: true, resourceId: "m-1" }],
    });
    ecs.json({
      RequestId: "R",
      TotalCount: 1,
      Images: { Image: [{ ImageId: "m-1", Status: "Creating", Tags: { Tag: [{ TagKey: "k", TagValue: "v" }] } }] },
    });
    expect(await ecs.gateway().describeImages(REGION, { tag: { key: "k" }, page: 2 })).toMatchObject({
      total: 1,
      items: [{ imageId: "m-1", status: "Creating", tags: { k: "v" } }],
    });
    expect(ecs.asked.map(({ params }) => params)).toEqual([
      { RegionId: REGION, TaskIds: "t-1,t-2", "ResourceIds.1": "m-1", TaskAction: "ImportImage", PageNumber: "1", PageSize: "100" },
      {
        RegionId: REGION,
        Status: "Creating,Waiting,Available,UnAvailable,CreateFailed,Deprecated",
        ImageOwnerAlias: "self",
        "Tag.1.Key": "k",
        PageNumber: "2",
        PageSize: "100",
      },
    ]);
  });

  test("a single task has its progress, and an empty list has no items", async () => {
    ecs.json({ RequestId: "R", TaskId: "t-1", TaskStatus: "Processing", TaskProcess: "42%" });
    expect(await ecs.gateway().describeTaskAttribute(REGION, "t-1")).toMatchObject({ taskId: "t-1", progress: 42 });
    ecs.json({ RequestId: "R" });
    expect((await ecs.gateway().describeTaskAttribute(REGION, "t-1")).taskId).toBe("");
    expect((await ecs.gateway().describeTasks(REGION, {})).items).toEqual([]);
    expect((await ecs.gateway().describeImages(REGION, {})).items).toEqual([]);
  });
});
