import type { SlowCase } from "./play";
import { SLOW_SCENARIOS } from "./scenarios";

/** Every call of every scenario, late before or after its effect, once or every time. */
export function slowCases(seconds: readonly number[], only: RegExp = /./): SlowCase[] {
  return SLOW_SCENARIOS.filter(({ name }) => only.test(name)).flatMap((scenario) =>
    scenario.actions.flatMap((action) =>
      (["before", "effect"] as const).flatMap((moment) =>
        seconds.flatMap((late) => ([1, "all"] as const).map((times): SlowCase => ({ scenario, action, moment, seconds: late, times }))),
      ),
    ),
  );
}

/** Runs many cases at a time, because they only wait. Returns what was wrong. */
export async function playAll(cases: readonly SlowCase[], atOnce: number, play: (one: SlowCase) => Promise<string[]>): Promise<string[]> {
  const left = [...cases];
  const wrong: string[] = [];
  const worker = async (): Promise<void> => {
    for (let one = left.shift(); one; one = left.shift()) wrong.push(...(await play(one)));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return wrong;
}

export const describeCase = ({ scenario, action, moment, seconds, times }: SlowCase): string =>
  `${scenario.name}: ${action} ${seconds} s late ${moment === "before" ? "before" : "after"} its effect, ${times === "all" ? "each time" : "once"}`;
