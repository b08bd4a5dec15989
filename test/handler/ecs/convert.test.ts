import {
  DescribeImagesResponseBodyImagesImage,
  DescribeTaskAttributeResponseBody,
  DescribeTasksResponseBodyTaskSetTask,
} from "@alicloud/ecs20140526";
import { toImage, toTask, toTaskDetails } from "../../../lib/handler/ecs/convert";

describe("a task", () => {
  test.each([
    [true, true],
    ["true", true],
    ["True", true],
    [false, false],
    ["false", false],
    [undefined, undefined],
  ])("with SupportCancel %p has supportCancel %p", (given, expected) => {
    expect(toTask(new DescribeTasksResponseBodyTaskSetTask({ taskId: "t-1", supportCancel: given as never })).supportCancel).toBe(expected);
  });

  test("has neither a resource nor times if ECS sends empty text", () => {
    expect(
      toTask(
        new DescribeTasksResponseBodyTaskSetTask({
          taskId: "t-1",
          taskAction: "ImportImage",
          taskStatus: "Processing",
          resourceId: "",
          finishedTime: "",
        }),
      ),
    ).toEqual({
      taskId: "t-1",
      action: "ImportImage",
      status: "Processing",
      resourceId: undefined,
      supportCancel: undefined,
      creationTime: undefined,
      finishedTime: undefined,
    });
  });

  test.each([
    ["42%", 42],
    ["100", 100],
    ["7.5%", 7.5],
    ["", undefined],
    ["soon", undefined],
    [undefined, undefined],
  ])("with TaskProcess %s has the progress %s", (taskProcess, progress) => {
    expect(toTaskDetails(new DescribeTaskAttributeResponseBody({ taskId: "t-1", taskProcess })).progress).toBe(progress);
  });

  test("that failed has ECS's codes, messages and OSS location", () => {
    const body = new DescribeTaskAttributeResponseBody({
      taskId: "t-1",
      failedCount: 1,
      operationProgressSet: {
        operationProgress: [
          {
            errorCode: "X",
            errorMsg: "broken",
            relatedItemSet: {
              relatedItem: [
                { name: "OSSBucket", value: "b" },
                { name: "OSSObject", value: "" },
              ],
            },
          },
          { errorCode: "" },
          { errorCode: "Y" },
        ],
      } as never,
    });
    expect(toTaskDetails(body)).toMatchObject({
      failedCount: 1,
      errors: [
        { code: "X", message: "broken" },
        { code: "Y", message: "" },
      ],
      related: { OSSBucket: "b" },
    });
  });

  test("without any fields is converted without an error", () => {
    expect(toTaskDetails(new DescribeTaskAttributeResponseBody({}))).toMatchObject({ taskId: "", errors: [], related: {} });
  });
});

describe("an image", () => {
  test("has its tags, and its disks with sizes as numbers, which ECS sends as text", () => {
    const image = toImage(
      new DescribeImagesResponseBodyImagesImage({
        imageId: "m-1",
        imageName: "web",
        status: "Creating",
        progress: "12%",
        tags: { tag: [{ tagKey: "a", tagValue: "1" }, { tagKey: "b" }] },
        diskDeviceMappings: { diskDeviceMapping: [{ importOSSBucket: "b", importOSSObject: "o", size: "40", format: "" }] },
      } as never),
    );
    expect(image).toMatchObject({
      imageId: "m-1",
      name: "web",
      status: "Creating",
      progress: 12,
      tags: { a: "1", b: "" },
      disks: [{ ossBucket: "b", ossObject: "o", sizeGiB: 40, format: undefined }],
    });
  });

  test("without any fields is converted without an error", () => {
    expect(toImage(new DescribeImagesResponseBodyImagesImage({}))).toMatchObject({ imageId: "", status: "", tags: {}, disks: [] });
  });
});

describe("an answer that cannot be trusted", () => {
  test.each(["", "t 1", "t-1\n", "t-1:m-2", "t-1\u001b[2J", "t".repeat(200), 7, { a: 1 }])("loses a malformed id: %j", (id) => {
    expect(toTask({ taskId: id, resourceId: id } as never)).toMatchObject({ taskId: "", resourceId: undefined });
    expect(toImage({ imageId: id } as never).imageId).toBe("");
  });

  test.each(["yesterday", "2026-13-45T99:99:99Z", "0000-01-01T00:00:00Z", "2026-01-01T00:00:00Z\nx", "9".repeat(1_000), 12, {}])(
    "loses a malformed time: %j",
    (time) => {
      expect(toTask({ taskId: "t-1", creationTime: time, finishedTime: time } as never)).toMatchObject({
        creationTime: undefined,
        finishedTime: undefined,
      });
      expect(toImage({ imageId: "m-1", creationTime: time } as never).creationTime).toBeUndefined();
    },
  );

  test("has control characters removed, long text shortened, and fewer than ten errors kept", () => {
    const error = { errorCode: "Bad\u001b[31m", errorMsg: `no\nError: forged\u202e ${"x".repeat(10_000)}` };
    const details = toTaskDetails({
      taskId: "t-1",
      taskStatus: "Failed\r\nError: forged",
      operationProgressSet: { operationProgress: Array.from({ length: 1_000 }, () => error) },
    } as never);
    expect(details.status).toBe("Failed Error: forged");
    expect(details.errors.length).toBeLessThan(10);
    expect(details.errors[0]!.code).toBe("Bad[31m");
    expect(details.errors[0]!.message).toMatch(/^no Error: forged x+…$/);
    expect(details.errors[0]!.message.length).toBeLessThanOrEqual(500);
  });

  test("loses fields of the wrong type", () => {
    expect(toImage({ imageId: "m-1", imageName: {}, description: 1, tags: { tag: [{ tagKey: 1, tagValue: {} }] } } as never)).toMatchObject(
      {
        name: undefined,
        description: undefined,
        tags: { "": "" },
      },
    );
  });
});
