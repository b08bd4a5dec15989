/*
 * The handler's assumptions on how late ECS lists things, how long it keeps them, and how far its clock may be off.
 * "Our estimate" marks a choice of this package, to be corrected if ECS turns out to differ.
 */

/** Milliseconds. A new operation is listed within this time of the answer to its start. Our estimate; see `SLOW_LISTED_WITHIN`. */
export const NEW_LISTED_WITHIN = 2_000;

/** Milliseconds. After `NEW_LISTED_WITHIN` has proved too short once, the next start gets this long. Our estimate. */
export const SLOW_LISTED_WITHIN = 60_000;

/** Milliseconds. If ECS neither lists nor cancels an operation this long after its start, an attempt to end it counts it as ended. Our estimate. */
export const ENDING_LISTED_WITHIN = 5_000;

/** Milliseconds. An export's task is listed within this time of its start, so the lookup waits this long. Our estimate. */
export const EXPORT_LISTED_WITHIN = 2_000;

/** Milliseconds. After an interrupt, how long to look for an export that an unanswered call may have started. Our estimate. */
export const LOST_EXPORT_LISTED_WITHIN = 10_000;

/** Milliseconds. ECS lists new things with a delay: this long after a start, "not listed" does not mean gone. Our estimate. */
export const MISSING_GRACE = 60_000;

/** Milliseconds. `Usable` follows Available after a moment; after this time an image counts as usable in any case. Our estimate. */
export const USABLE_GRACE = 60_000;

/** Milliseconds. ECS may treat an image's snapshots as used for this long after it has stopped listing the image. Our estimate. */
export const SNAPSHOTS_RELEASED_WITHIN = 30_000;

/** Milliseconds. Only if a task was started longer ago than this does "not listed" mean that its record has expired. Our estimate. */
export const TASK_RECORD_LIFE = 24 * 60 * 60_000;

/** Milliseconds. ECS's clock and ours may differ by this much. From the API's signature: ECS refuses more than 15 minutes. */
export const CLOCK_SKEW = 15 * 60_000;

/** Milliseconds. ECS sees a RAM role that the same run has just created within this time. A longer refusal is final. Our estimate. */
export const ROLE_VISIBLE_WITHIN = 60_000;

/** Milliseconds. How long an action or a command waits until ECS has carried out a cancel. Our estimate. */
export const CANCELLED_WITHIN = 10 * 60_000;
