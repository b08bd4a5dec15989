import { CEILINGS } from "./ceilings";

type Ceilings = { readonly [name: string]: number | Ceilings };

/**
 * Compares counts or sizes with their ceilings, and fails with all that are too high.
 *
 * @param path where the ceilings are, for example `["calls", "import", "10", "apply"]`
 * @param values the values by the ceilings' names
 * @param look how to see where the values come from
 */
export function within(path: readonly string[], values: { readonly [name: string]: number }, look: string): void {
  const ceilings = path.reduce<number | Ceilings | undefined>((at, name) => (typeof at === "object" ? at[name] : undefined), CEILINGS);
  const failures = Object.entries(values).flatMap(([name, value]) => {
    const ceiling = typeof ceilings === "object" ? ceilings[name] : undefined;
    if (value <= (typeof ceiling === "number" ? ceiling : 0)) return [];
    const allowed = ceiling === undefined ? "has no ceiling, so it may be 0" : `may be ${String(ceiling)} at most`;
    return [`${[...path, name].join(" > ")} is ${value}; it ${allowed}.`];
  });
  if (failures.length === 0) return;
  const advice = `What it is made of: ${look}. If it has to be so, raise the ceiling in test/guard/ceilings.ts, and say in the commit what is gained for it.`;
  throw new Error([...failures, advice].join("\n"));
}
