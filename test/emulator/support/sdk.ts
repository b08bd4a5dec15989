import Ecs, * as models from "@alicloud/ecs20140526";
import { $OpenApiUtil } from "@alicloud/openapi-core";
import { EcsEmulator, type EcsEmulatorOptions, ManualClock } from "../../../lib/emulator";

export { models };

/** A running emulator whose clock stands still, and a client of the real SDK. */
export interface Bench {
  readonly ecs: EcsEmulator<ManualClock>;
  readonly client: Ecs;
}

/** All statuses of an image in the reference, as DescribeImages takes them. */
export const EVERY_STATUS = "Creating,Waiting,Available,UnAvailable,CreateFailed,Deprecated";

export const REGION = "cn-hangzhou";

/**
 * Runs a test against its own emulator over HTTP. By default a task begins at once and takes a minute, and a change shows at once. Time passes
 * only when the test advances it.
 */
export async function withEcs(options: EcsEmulatorOptions, test: (bench: Bench) => Promise<void>): Promise<void> {
  const { behaviour = {}, ...rest } = options;
  const ecs = new EcsEmulator({
    accessKeyId: "id",
    accessKeySecret: "secret",
    ...rest,
    behaviour: { ...behaviour, task: { waiting: 0, ...behaviour.task }, image: { attributeDelay: 0, ...behaviour.image } },
    clock: new ManualClock(Date.UTC(2026, 7, 1)),
  });
  await ecs.start();
  try {
    await test({ ecs, client: sdk(ecs.endpoint) });
  } finally {
    await ecs.stop();
  }
}

export function sdk(endpoint: string, keys: { id?: string; secret?: string; token?: string } = {}): Ecs {
  return new Ecs(
    new $OpenApiUtil.Config({
      accessKeyId: keys.id ?? "id",
      accessKeySecret: keys.secret ?? "secret",
      securityToken: keys.token,
      endpoint,
      protocol: "HTTP",
    }),
  );
}

/** The error of a refused call as `STATUS CODE`, or "accepted". */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    const { statusCode, code } = error as { statusCode?: number; code?: string };
    return `${statusCode} ${code}`;
  }
  return "accepted";
}

/** An import of one disk. */
export function importRequest(over: { [name: string]: unknown } = {}): models.ImportImageRequest {
  return new models.ImportImageRequest({
    regionId: REGION,
    imageName: "web",
    diskDeviceMapping: [new models.ImportImageRequestDiskDeviceMapping({ OSSBucket: "images", OSSObject: "web.qcow2", format: "QCOW2" })],
    ...over,
  });
}

export async function startImport(client: Ecs, over: { [name: string]: unknown } = {}): Promise<{ imageId: string; taskId: string }> {
  const { body } = await client.importImage(importRequest(over));
  return { imageId: body!.imageId!, taskId: body!.taskId! };
}
