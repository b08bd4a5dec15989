import { EXPIRES_TAG, RUN_TAG, STACK_TAG, START_KEY_TAG } from "../../contract/provider";
import type { Tags } from "../task/gateway";

/** Whose an operation is, as far as its image's tags tell. */
export interface Attribution {
  /** False: no tag of ours says that this provider started it. */
  readonly isOurs: boolean;
  readonly startKey: string | null;
  /** The stack that the tag names, else the first element of a start key that is a path. */
  readonly stack: string | null;
  /** The CI run, or whatever `IMAGETASK_RUN` was. */
  readonly run: string | null;
  /** When it is to be over: milliseconds since the epoch. */
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

/** What a destroy has left on purpose bears this instead of its start key. */
export const RETAINED = "retained";

/** A key that the provider made up from the arguments names no stack. */
function stackOfKey(startKey: string | null): string | null {
  if (startKey === null || startKey === RETAINED || /^auto-[0-9a-f]{32}$/.test(startKey)) return null;
  return startKey.split("/").find((element) => element !== "") ?? null;
}
