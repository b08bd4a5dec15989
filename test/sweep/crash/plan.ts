import { MOMENTS, type Boundary } from "../tap";
import { VICTIMS, type Case } from "./case";
import type { Scenario } from "./scenarios";

/**
 * The cases of a scenario: every moment of every call, for every victim. Reads of one action are similar, so only the first, the second and
 * the last are taken.
 *
 * What the user does next, and whether at once, alternates, so that every combination occurs within a scenario.
 */
export function casesOf(scenario: Scenario, seen: readonly Boundary[]): Case[] {
  const boundaries = seen.filter(({ action, nth }) => !action.startsWith("Describe") || nth <= 2 || nth === countOf(seen, action));
  const bare = boundaries.flatMap((boundary) =>
    MOMENTS.flatMap((moment) => VICTIMS.map((victim) => ({ scenario, boundary, moment, victim }))),
  );
  return bare.map((one, i) => ({
    ...one,
    then: (i + Math.floor(i / 4)) % 2 === 0 ? "apply" : "destroy",
    hurry: (i + Math.floor(i / 8)) % 3 === 0,
  }));
}

const countOf = (seen: readonly Boundary[], action: string): number =>
  Math.max(...seen.filter((boundary) => boundary.action === action).map(({ nth }) => nth));
