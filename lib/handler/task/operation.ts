import { oneLine } from "../../contract/printable";

/** One import, export or copy that we started. */
export interface Operation {
  readonly kind: OperationKind;
  /** Where the task runs; for a copy, the destination. */
  readonly region: string;
  /** Null for a copy, which has no task, and where it is not known. */
  readonly taskId: string | null;
  /** The image that an import or a copy makes, or that an export exports. Null where it is not known. */
  readonly imageId: string | null;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

export type OperationKind = "import" | "export" | "copy";

/** The action that ECS shows for a task of the kind; a copy has no task. */
export const TASK_ACTION: { readonly [kind in OperationKind]: string | null } = {
  import: "ImportImage",
  export: "ExportImage",
  copy: null,
};

/** `import:cn-hangzhou:t-…:m-…:1732435200000`; a part that is not known is empty. */
export function formatOperationId(operation: Operation): string {
  const { kind, region, taskId, imageId, startedAt } = operation;
  return [kind, region, taskId ?? "", imageId ?? "", startedAt].join(":");
}

/** Null if the text is not an operation's id. */
export function parseOperationId(id: string): Operation | null {
  const match = /^(import|export|copy):([a-z][a-z0-9-]*):([^:\s]*):([^:\s]*):(\d{1,15})$/.exec(id);
  if (!match) return null;
  const [, kind, region, taskId, imageId, startedAt] = match;
  return { kind: kind as OperationKind, region: region!, taskId: taskId || null, imageId: imageId || null, startedAt: Number(startedAt) };
}

/** True if neither the task nor the image is known: the start was never answered. */
export function isUnresolved(operation: Operation): boolean {
  return operation.taskId === null && operation.imageId === null;
}

/** Equal for equal operations. Of an export only the task counts: the image may have several exports and belongs to nobody here. */
export function operationKey({ kind, region, taskId, imageId }: Operation): string {
  return `${region}/${kind === "export" ? taskId : imageId}`;
}

/**
 * The one name of an operation in messages: `import t-… of golden-db (image m-…, cn-hangzhou)`. Where the image's name is not
 * known, its id takes the name's place.
 */
export function describeOperation({ kind, region, taskId, imageId }: Operation, imageName?: string | null): string {
  const task = taskId === null ? kind : `${kind} ${taskId}`;
  const image = imageId === null ? "an unknown image" : `image ${imageId}`;
  const name = oneLine(imageName ?? "", 128);
  return name === "" ? `${task} of ${image} (${region})` : `${task} of ${name} (${image}, ${region})`;
}

/** For the beginning of a sentence. */
export const capitalized = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
