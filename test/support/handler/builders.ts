import { EcsError, type EcsErrorDetails, type EcsErrorKind } from "../../../lib/handler/errors";
import type { ExportRequest, Image, ImageRequest, Page, Parameters, Task, TaskDetails } from "../../../lib/handler/task/gateway";
import type { Operation } from "../../../lib/handler/task/operation";
import { START } from "./clock";

export const REGION = "cn-hangzhou";
export const TASK = "t-bp198jigq7l0h5acaaaa";
export const IMAGE = "m-bp198jigq7l0h5acbbbb";
export const TAG_KEY = "imagetask:start-key";
export const REQUEST_TAG_KEY = "imagetask:request-of";
export const FINGERPRINT = "the-request";
/** The tags of an image that these tests' start made. */
export const MINE = { [TAG_KEY]: "stack/web", [REQUEST_TAG_KEY]: FINGERPRINT };

export const anImport = (over: Partial<Operation> = {}): Operation => ({
  kind: "import",
  region: REGION,
  taskId: TASK,
  imageId: IMAGE,
  startedAt: START,
  ...over,
});
export const anExport = (over: Partial<Operation> = {}): Operation => anImport({ kind: "export", ...over });
export const aCopy = (over: Partial<Operation> = {}): Operation => anImport({ kind: "copy", taskId: null, ...over });

export const aTask = (over: Partial<Task> = {}): Task => ({
  taskId: TASK,
  action: "ImportImage",
  status: "Processing",
  resourceId: IMAGE,
  supportCancel: true,
  ...over,
});

/** The answer of DescribeTaskAttribute, which has no ResourceId. */
export const details = (over: Partial<TaskDetails> = {}): TaskDetails => ({
  ...aTask(),
  resourceId: undefined,
  errors: [],
  related: {},
  ...over,
});

export const anImage = (over: Partial<Image> = {}): Image => ({
  imageId: IMAGE,
  name: "web",
  status: "Available",
  tags: {},
  disks: [],
  ...over,
});

export const page = <T>(...items: readonly T[]): Page<T> => ({ items, total: items.length });

export const importRequest = (over: Partial<ImageRequest> = {}): ImageRequest => ({
  imageName: "web",
  parameters: { ImageName: "web", DiskDeviceMapping: [{ OSSBucket: "disks", OSSObject: "web.raw" }] },
  tags: {},
  ...over,
});
export const exportRequest = (parameters: Parameters = {}): ExportRequest => ({
  imageId: IMAGE,
  parameters: { ImageId: IMAGE, OSSBucket: "out", ...parameters },
});

const CODES: { readonly [kind in EcsErrorKind]: string } = {
  throttled: "Throttling.User",
  unreachable: "ECONNREFUSED",
  unavailable: "NoUsableAnswer",
  busy: "IdempotentProcessing",
  "in-use": "ImageIsImporting",
  "not-found": "InvalidTaskId.NotFound",
  "wrong-state": "InvalidTaskId.IncorrectTaskStatus",
  unsupported: "InvalidTaskId.TaskActionNotSupport",
  "cancel-failed": "CancelTaskFailed",
  "token-mismatch": "IdempotentParameterMismatch",
  "duplicate-name": "InvalidImageName.Duplicated",
  "no-role": "NoSetRoletoECSServiceAcount",
  expired: "InvalidSecurityToken.Expired",
  "no-credentials-yet": "ServiceUnavailable",
  credentials: "InvalidAccessKeyId.NotFound",
  settings: "NotEcs",
  forbidden: "Forbidden.RAM",
  invalid: "MissingParameter",
};

export const ecsError = (kind: EcsErrorKind, over: Partial<EcsErrorDetails> = {}): EcsError =>
  new EcsError({ kind, action: "SomeAction", code: CODES[kind], message: `it was ${kind}`, ...over });
