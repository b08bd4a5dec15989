import { assumed } from "./assumptions.mjs";

/**
 * Compares what a client saw with what the emulator assumes.
 *
 * @param {import("./types.js").Line} line
 * @param {import("./types.js").Switches} behaviour the emulator's defaults
 * @returns {import("./types.js").Judged} the line with `differs` ("NAME: seen X, emulator assumes Y") and `measured` (times); a passed line that differs gets that outcome
 */
export function judge(line, behaviour) {
  const differs = [];
  const measured = [];
  for (const [name, seen] of Object.entries(line.facts)) {
    const assumption = assumed(name, behaviour);
    if (!assumption) differs.push(`${name}: seen ${seen}, but there is no assumption of this name`);
    else if (assumption.time) measured.push(`${name}: ${seconds(seen)}, emulator assumes ${seconds(assumption.value)}`);
    else if (assumption.value !== seen) differs.push(`${name}: seen ${seen}, emulator assumes ${assumption.value}`);
  }
  const outcome = line.outcome === "passed" && differs.length > 0 ? "differs" : line.outcome;
  return { ...line, outcome, differs, measured };
}

/** @param {unknown} ms */
function seconds(ms) {
  return `${(Number(ms) / 1000).toFixed(1)} s`;
}
