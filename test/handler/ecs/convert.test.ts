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
  ])("with SupportCancel %p", (given, expected) => {
    expect(toTask(new DescribeTasksResponseBodyTaskSetTask({ taskId: "t-1", supportCancel: given as never })).supportCancel).toBe(expected);
  });

  test("has no resource and no times where ECS writes empty text", () => {
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
  ])("with TaskProcess %s is done to %s per cent", (taskProcess, progress) => {
    expect(toTaskDetails(new DescribeTaskAttributeResponseBody({ taskId: "t-1", taskProcess })).progress).toBe(progress);
  });

  test("that failed says why, and where from or to it worked", () => {
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

  test("without any detail is still a task", () => {
    expect(toTaskDetails(new DescribeTaskAttributeResponseBody({}))).toMatchObject({ taskId: "", errors: [], related: {} });
  });
});

describe("an image", () => {
  test("has its tags and disks, whose size ECS writes as text", () => {
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

  test("of which ECS tells next to nothing is still an image", () => {
    expect(toImage(new DescribeImagesResponseBodyImagesImage({}))).toMatchObject({ imageId: "", status: "", tags: {}, disks: [] });
  });
});
