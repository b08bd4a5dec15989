/** Those whose reply has ten times the size of the others'. */
export const BIG_REPLIES = new Set(["DescribeTasks, 100 ids"]);

const EVERY_STATUS = "Creating,Waiting,Available,UnAvailable,CreateFailed,Deprecated";

/**
 * @typedef {{ Action: string } & { [name: string]: string }} Call
 *
 * @callback Kind
 * @param {number} number a running number
 * @returns {Call}
 */

/**
 * The calls that are measured.
 *
 * @param {{ taskIds: readonly string[], imageIds: readonly string[] }} ids
 * @returns {{ [name: string]: Kind }}
 */
export function kindsOfCalls({ taskIds, imageIds }) {
  const RegionId = "cn-hangzhou";
  /**
   * @param {readonly string[]} list
   * @param {number} number
   */
  const at = (list, number) => list[(number * 7_919) % list.length];
  /**
   * @param {string} Action
   * @param {(number: number) => { [name: string]: string }} params
   * @returns {Kind}
   */
  const of = (Action, params) => (number) => ({ Action, RegionId, ...params(number) });
  let cancelled = 0;
  const processing = taskIds.filter((_, index) => index % 10 === 1);
  return {
    "DescribeTasks, one id": of("DescribeTasks", (n) => ({ TaskIds: at(taskIds, n) })),
    "DescribeTasks, 100 ids": of("DescribeTasks", (n) => ({
      TaskIds: Array.from({ length: 100 }, (_, index) => at(taskIds, n + index)).join(","),
      PageSize: "100",
    })),
    "DescribeTasks, the first page of all": of("DescribeTasks", () => ({})),
    "DescribeTasks, those that run": of("DescribeTasks", () => ({ TaskStatus: "Processing" })),
    "DescribeTasks, by image": of("DescribeTasks", (n) => ({ "ResourceIds.1": at(imageIds, n) })),
    DescribeTaskAttribute: of("DescribeTaskAttribute", (n) => ({ TaskId: at(taskIds, n) })),
    "DescribeImages, one id": of("DescribeImages", (n) => ({ ImageId: at(imageIds, n), Status: EVERY_STATUS })),
    "DescribeImages, the first page of all": of("DescribeImages", () => ({})),
    "DescribeImages, page 500": of("DescribeImages", () => ({ PageNumber: "500", Status: EVERY_STATUS })),
    "DescribeImages, being made": of("DescribeImages", () => ({ Status: "Creating,Waiting" })),
    "DescribeImages, by part of a name": of("DescribeImages", (n) => ({ ImageName: `-${n % 10_000}` })),
    "DescribeImages, by a tag of 20": of("DescribeImages", (n) => ({ "Tag.1.Key": "owner", "Tag.1.Value": `team-${n % 500}` })),
    "DescribeImages, by a tag of all": of("DescribeImages", () => ({ "Tag.1.Key": "stage", "Tag.1.Value": "bench" })),
    ImportImage: of("ImportImage", (n) => ({
      ImageName: `bench-${n}`,
      ClientToken: `bench-${n}`,
      "DiskDeviceMapping.1.OSSBucket": "images",
      "DiskDeviceMapping.1.OSSObject": `disk-${n}.qcow2`,
    })),
    "CancelTask, then refused": of("CancelTask", () => ({ TaskId: processing[cancelled++ % processing.length] })),
  };
}
