import { printable } from "../../contract/printable";
import { EXPIRES_TAG, EXPORT_TAG, RUN_TAG, STACK_TAG, START_KEY_TAG } from "../../contract/provider";
import type { Tags } from "../task/gateway";

/** Who started an operation, according to its image's tags. */
export interface Attribution {
  /** False if no tag says that this provider started it. */
  readonly isOurs: boolean;
  readonly startKey: string | null;
  /** From the tag or, without one, the first element of a start key that is a path. */
  readonly stack: string | null;
  /** The CI run, or the value of `IMAGETASK_RUN`. */
  readonly run: string | null;
  /** Its deadline, in milliseconds since the epoch. */
  readonly expiresAt: number | null;
}

export function attributionOf(tags: Tags): Attribution {
  const tag = (key: string): string | null => (Object.hasOwn(tags, key) ? tags[key] : null);
  const startKey = tag(START_KEY_TAG);
  const expiresAt = Date.parse(tag(EXPIRES_TAG) ?? "");
  return {
    isOurs: startKey !== null,
    startKey,
    stack: tag(STACK_TAG) ?? stackOfKey(startKey),
    run: tag(RUN_TAG),
    expiresAt: Number.isNaN(expiresAt) ? null : expiresAt,
  };
}

/** The start key of an image that a destroy retained, so that no later start takes it over. */
export const RETAINED = "retained";

/** A start key that the provider derived contains no stack. */
function stackOfKey(startKey: string | null): string | null {
  if (startKey === null || startKey === RETAINED || /^auto-[0-9a-f]{32}$/.test(startKey)) return null;
  return startKey.split("/").find((element) => element !== "") ?? null;
}

/** A run's name in the form that tags allow; null if nothing is left of it. */
export function runName(text: string | undefined): string | null {
  const name = printable(text ?? "")
    .replace(/\s+/g, "_")
    .replace(/^acs:/i, "acs-")
    .replace(/(https?):\/\//gi, "$1-")
    .slice(0, MOST_OF_RUN);
  return name === "" ? null : name;
}

/** The longest name of a run, in characters: an export's mark needs room for its stack too. */
const MOST_OF_RUN = 60;
/** ECS's limit for the value of a tag, in characters. */
const MOST_OF_TAG = 128;

/** The value of an export's mark, a tag of the exported image: task, deadline in seconds since the epoch, run and stack. */
export function exportMark(taskId: string, { stack, run, expiresAt }: Pick<Attribution, "stack" | "run" | "expiresAt">): string {
  const expires = expiresAt === null ? "-" : String(Math.round(expiresAt / 1000));
  return [taskId, expires, run ?? "-", stack ?? "-"].join(" ").slice(0, MOST_OF_TAG).trimEnd();
}

/**
 * Who started an export, according to the tags of the exported image. Anybody may export an image that this provider made, so only
 * the export's mark shows that this provider started it. Without the mark, only the stack comes from the image's other tags: the rest
 * of them describes how the image was made.
 */
export function attributionOfExport(tags: Tags, taskId: string): Attribution {
  const { stack } = attributionOf(tags);
  const [task, expires, run, ...rest] = partsOfMark(tags);
  if (task !== taskId) return { isOurs: false, stack, startKey: null, run: null, expiresAt: null };
  const known = (text: string | undefined): string | null => (text === undefined || text === "-" || text === "" ? null : text);
  const seconds = /^\d{1,12}$/.test(expires ?? "") ? Number(expires) : null;
  return {
    isOurs: true,
    startKey: null,
    stack: known(rest.join(" ")) ?? stack,
    run: known(run),
    expiresAt: seconds === null ? null : seconds * 1000,
  };
}

/** The task id in an image's export mark; null if the image has no mark. */
export const markedExport = (tags: Tags): string | null => partsOfMark(tags)[0] || null;

const partsOfMark = (tags: Tags): readonly string[] => (Object.hasOwn(tags, EXPORT_TAG) ? tags[EXPORT_TAG] : "").split(" ");
