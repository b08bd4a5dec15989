import { ROLE_VISIBLE_WITHIN } from "../ecs-timing";

/** Pause before another attempt, in milliseconds. */
export const ROLE_PAUSE = 5_000;

/**
 * Whether a role that ECS does not see may still appear.
 *
 * @param since when ECS was first called, on the clock
 */
export const mayAppear = (since: number, now: number): boolean => now + ROLE_PAUSE <= since + ROLE_VISIBLE_WITHIN;
