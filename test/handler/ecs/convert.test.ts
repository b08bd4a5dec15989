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

describe("an answer that is not to be trusted", () => {
  test.each(["", "t 1", "t-1\n", "t-1:m-2", "t-1\u001b[2J", "t".repeat(200), 7, { a: 1 }])("ids that are none (%j) are left out", (id) => {
    expect(toTask({ taskId: id, resourceId: id } as never)).toMatchObject({ taskId: "", resourceId: undefined });
    expect(toImage({ imageId: id } as never).imageId).toBe("");
  });

  test.each(["yesterday", "2026-13-45T99:99:99Z", "0000-01-01T00:00:00Z", "2026-01-01T00:00:00Z\nx", "9".repeat(1_000), 12, {}])(
    "times that are none (%j) are left out",
    (time) => {
      expect(toTask({ taskId: "t-1", creationTime: time, finishedTime: time } as never)).toMatchObject({
        creationTime: undefined,
        finishedTime: undefined,
      });
      expect(toImage({ imageId: "m-1", creationTime: time } as never).creationTime).toBeUndefined();
    },
  );

  test("words are cleaned, shortened and few", () => {
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

  test("what is of another type than ECS's is left out", () => {
    expect(toImage({ imageId: "m-1", imageName: {}, description: 1, tags: { tag: [{ tagKey: 1, tagValue: {} }] } } as never)).toMatchObject(
      {
        name: undefined,
        description: undefined,
        tags: { "": "" },
      },
    );
  });
});
