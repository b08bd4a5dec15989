/** A RAM role that the same run has just made is seen by ECS within this time, in milliseconds; a refusal that lasts longer is believed. */
const SEEN_WITHIN = 60_000;

/** Pause before another attempt, in milliseconds. */
export const ROLE_PAUSE = 5_000;

/**
 * Whether a role that ECS does not see may turn up yet.
 *
 * @param since when ECS was first asked, on the clock
 */
export const mayAppear = (since: number, now: number): boolean => now + ROLE_PAUSE <= since + SEEN_WITHIN;
