import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";

const require = createRequire(import.meta.url);
const { default: Sdk, ...models } = require("@alicloud/ecs20140526");
const { $OpenApiUtil } = require("@alicloud/openapi-core");

/** Every status by its name, as ALL is documented only since August 2026. */
export const EVERY_STATUS = "Creating,Waiting,Available,UnAvailable,CreateFailed,Deprecated";

/** A call that ECS refused. All other errors are thrown unchanged. */
export class Refused extends Error {
  constructor(status, code, message) {
    super(`${status} ${code}: ${message}`);
    this.status = status;
    this.code = code;
  }
}

/**
 * The calls of the checks, each through the SDK's request class and with plain data as the answer. Only throttled calls are
 * repeated, so that a check sees every other answer of ECS.
 */
export function connect({ endpoint, protocol, region, keys }) {
  const { id: accessKeyId, secret: accessKeySecret, token: securityToken } = keys;
  const client = new Sdk(new $OpenApiUtil.Config({ accessKeyId, accessKeySecret, securityToken, endpoint, protocol }));
  const call = async (name, request) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (await client[name](new models[`${name[0].toUpperCase()}${name.slice(1)}Request`](request))).body;
      } catch (error) {
        if (typeof error.statusCode !== "number" || typeof error.code !== "string") throw error;
        if (!error.code.startsWith("Throttling") || attempt === 5) throw new Refused(error.statusCode, error.code, error.description ?? "");
        await sleep(500 * 2 ** attempt);
      }
    }
  };
  return {
    region,
    describeRegions: async () => (await call("describeRegions", {})).regions.region.map((item) => item.regionId),
    describeImages: async ({ ids, ...rest }) => {
      const body = await call("describeImages", { regionId: region, imageId: ids?.join(","), ...rest });
      return { total: body.totalCount, page: body.pageNumber, size: body.pageSize, images: (body.images?.image ?? []).map(image) };
    },
    describeTasks: async ({ ids, regionId = region, ...rest }) => {
      const body = await call("describeTasks", { regionId, taskIds: ids?.join(","), ...rest });
      return { total: body.totalCount, page: body.pageNumber, size: body.pageSize, tasks: (body.taskSet?.task ?? []).map(task) };
    },
    describeTaskAttribute: async (taskId) => {
      const body = await call("describeTaskAttribute", { regionId: region, taskId });
      return { ...task(body), process: body.taskProcess };
    },
    importImage: async ({ disk, tag, ...rest }) => {
      const diskDeviceMapping = [new models.ImportImageRequestDiskDeviceMapping({ OSSBucket: disk.bucket, OSSObject: disk.object })];
      const tags = tag && [new models.ImportImageRequestTag(tag)];
      const body = await call("importImage", { regionId: region, diskDeviceMapping, tag: tags, ...rest });
      return { task: body.taskId, image: body.imageId };
    },
    exportImage: async ({ image: imageId, bucket, prefix }) =>
      (await call("exportImage", { regionId: region, imageId, OSSBucket: bucket, OSSPrefix: prefix })).taskId,
    copyImage: async ({ image: imageId, to, name }) =>
      (await call("copyImage", { regionId: region, imageId, destinationRegionId: to, destinationImageName: name })).imageId,
    cancelTask: (taskId) => call("cancelTask", { regionId: region, taskId }),
    cancelCopyImage: (imageId) => call("cancelCopyImage", { regionId: region, imageId }),
    deleteImage: (imageId) => call("deleteImage", { regionId: region, imageId }),
  };
}

function image(item) {
  return {
    id: item.imageId,
    name: item.imageName,
    status: item.status,
    owner: item.imageOwnerAlias,
    created: item.creationTime,
    tags: (item.tags?.tag ?? []).map(({ tagKey, tagValue }) => `${tagKey}=${tagValue}`),
  };
}

function task(item) {
  return {
    id: item.taskId,
    action: item.taskAction,
    status: item.taskStatus,
    // This SDK converts every value to a text, so that the JSON type is unknown.
    supportCancel: item.supportCancel,
    created: item.creationTime,
    finished: item.finishedTime,
    resource: item.resourceId,
  };
}
