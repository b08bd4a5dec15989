import { printable } from "../../contract/printable";
import { EXPIRES_TAG, EXPORT_TAG, RUN_TAG, STACK_TAG, START_KEY_TAG } from "../../contract/provider";
import type { Tags } from "../task/gateway";

/** To whom an operation belongs, according to its image's tags. */
export interface Attribution {
  /** False if no tag says that this provider started it. */
  readonly isOurs: boolean;
  readonly startKey: string | null;
  /** The stack from the tag or else the first element of a start key that is a path. */
  readonly stack: string | null;
  /** The CI run, or the value of `IMAGETASK_RUN`. */
  readonly run: string | null;
  /** Its deadline, in milliseconds since the epoch. */
  readonly expiresAt: number | null;
}

export function attributionOf(tags: Tags): Attribution {
  const tag = (key: string): string | null => (Object.hasOwn(tags, key) ? tags[key]! : null);
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

/** A run's name in the form that tags allow; null for none. */
export function runName(text: string | undefined): string | null {
  const name = printable(text ?? "")
    .replace(/\s+/g, "_")
    .replace(/^acs:/i, "acs-")
    .replace(/(https?):\/\//gi, "$1-")
    .slice(0, MOST_OF_RUN);
  return name === "" ? null : name;
}

/** So that the mark of an export has room for its stack. */
const MOST_OF_RUN = 60;
/** Characters of a tag's value. */
const MOST_OF_TAG = 128;

/** What a tag of the exported image tells of an export: its task, the deadline in seconds since the epoch, the run, the stack. */
export function exportMark(taskId: string, { stack, run, expiresAt }: Pick<Attribution, "stack" | "run" | "expiresAt">): string {
  const expires = expiresAt === null ? "-" : String(Math.round(expiresAt / 1000));
  return [taskId, expires, run ?? "-", stack ?? "-"].join(" ").slice(0, MOST_OF_TAG).trimEnd();
}

/**
 * An export's, from the tags of its image: only the mark that it left there says that it is ours, as anybody may export an image
 * that we have made. Where there is none, the image's own tags say whose stack it concerns; what else they say is of the image's making.
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

/** The task of the export whose mark an image bears; null if it bears none. */
export const markedExport = (tags: Tags): string | null => partsOfMark(tags)[0] || null;

const partsOfMark = (tags: Tags): readonly string[] => (Object.hasOwn(tags, EXPORT_TAG) ? tags[EXPORT_TAG]! : "").split(" ");
