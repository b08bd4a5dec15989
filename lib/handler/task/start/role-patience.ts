/** Milliseconds within which ECS sees a RAM role that the same run has just created. A longer refusal is final. */
const VISIBLE_WITHIN = 60_000;

/** Pause before another attempt, in milliseconds. */
export const ROLE_PAUSE = 5_000;

/**
 * Whether a role that ECS does not see may still appear.
 *
 * @param since when ECS was first called, on the clock
 */
export const mayAppear = (since: number, now: number): boolean => now + ROLE_PAUSE <= since + VISIBLE_WITHIN;
