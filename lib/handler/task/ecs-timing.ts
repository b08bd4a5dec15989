/*
 * How late ECS shows things, how long it keeps them, and how far its clock may be off: what the handler reckons with.
 * Where a figure's source is "our estimate", it is a choice of this package, to be mended where ECS turns out otherwise.
 */

/** Milliseconds. A new operation is listed within this time of the answer to its start. Our estimate; see `SLOW_LISTED_WITHIN`. */
export const NEW_LISTED_WITHIN = 2_000;

/** Milliseconds. When `NEW_LISTED_WITHIN` proved too short once, the next start is given this long. Our estimate. */
export const SLOW_LISTED_WITHIN = 60_000;

/** Milliseconds. At an ending: what ECS neither lists nor cancels so long after its start is over. Our estimate. */
export const ENDING_LISTED_WITHIN = 5_000;

/** Milliseconds. An export's task is listed within this time of its start: the pause before it is looked up. Our estimate. */
export const EXPORT_LISTED_WITHIN = 2_000;

/** Milliseconds. After an interrupt, an export that a call without an answer may have started is looked for so long. Our estimate. */
export const LOST_EXPORT_LISTED_WITHIN = 10_000;

/** Milliseconds. ECS lists what it made with a delay: for so long after a start, "not there" does not mean gone. Our estimate. */
export const MISSING_GRACE = 60_000;

/** Milliseconds. `Usable` follows Available after a moment; beyond this an image counts as usable all the same. Our estimate. */
export const USABLE_GRACE = 60_000;

/** Milliseconds. An image that ECS lists no longer may hold its snapshots for a moment longer. Our estimate. */
export const SNAPSHOTS_RELEASED_WITHIN = 30_000;

/** Milliseconds. A task that is not listed is taken as an old, expired record only when it was started longer ago. Our estimate. */
export const TASK_RECORD_LIFE = 24 * 60 * 60_000;

/** Milliseconds. ECS's clock may be off ours by so much. From the API's signature: beyond 15 minutes ECS refuses it. */
export const CLOCK_SKEW = 15 * 60_000;
