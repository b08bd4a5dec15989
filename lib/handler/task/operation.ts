import { oneLine } from "../../contract/printable";

/** One import, export or copy. */
export interface Operation {
  readonly kind: OperationKind;
  /** Where the task runs; for a copy, the destination. */
  readonly region: string;
  /** Null for a copy, which has no task, and if it is unknown. */
  readonly taskId: string | null;
  /** The image that an import or a copy makes, or that an export exports. Null if it is unknown. */
  readonly imageId: string | null;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

export const OPERATION_KINDS = ["import", "export", "copy"] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

/** The action that ECS shows for a task of the kind; a copy has no task. */
export const TASK_ACTION: { readonly [kind in OperationKind]: string | null } = {
  import: "ImportImage",
  export: "ExportImage",
  copy: null,
};

/** `import:cn-hangzhou:t-…:m-…:1732435200000`; an unknown part is empty. */
export function formatOperationId(operation: Operation): string {
  const { kind, region, taskId, imageId, startedAt } = operation;
  return [kind, region, taskId ?? "", imageId ?? "", startedAt].join(":");
}

/** Null if the text is not an operation's id. */
export function parseOperationId(id: string): Operation | null {
  const match = /^([a-z]+):([a-z][a-z0-9-]*):([^:\s]*):([^:\s]*):(\d{1,15})$/.exec(id);
  if (!match) return null;
  const [, text, region, taskId, imageId, startedAt] = match;
  const kind = OPERATION_KINDS.find((known) => known === text);
  return kind === undefined ? null : { kind, region, taskId: taskId || null, imageId: imageId || null, startedAt: Number(startedAt) };
}

/** True if neither the task nor the image is known, because ECS never answered the start. */
export function isUnresolved(operation: Operation): boolean {
  return operation.taskId === null && operation.imageId === null;
}

/** Equal for equal operations. Only its task identifies an export, because several exports may read the same image. */
export function operationKey({ kind, region, taskId, imageId }: Operation): string {
  return `${region}/${kind === "export" ? taskId : imageId}`;
}

/**
 * How messages name an operation: `import t-… of golden-db (image m-…, cn-hangzhou)`. If the image's name is unknown, its id replaces
 * the name.
 */
export function describeOperation({ kind, region, taskId, imageId }: Operation, imageName?: string | null): string {
  const task = taskId === null ? kind : `${kind} ${taskId}`;
  const image = imageId === null ? "an unknown image" : `image ${imageId}`;
  const name = oneLine(imageName ?? "", 128);
  return name === "" ? `${task} of ${image} (${region})` : `${task} of ${name} (${image}, ${region})`;
}

/** For the beginning of a sentence. */
export const capitalized = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
