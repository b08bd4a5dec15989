import { utimesSync } from "node:fs";
import { join } from "node:path";
import { until } from "../../support/e2e/bench";
import type { Terraform } from "../../support/e2e/terraform";
import type { Findings } from "./invariants";

const HOUR = 3_600;

/** On a busy machine, Terraform kills a plugin that takes more than two seconds to exit. The next plugin removes that one's files, too. */
export async function leftBehind(tf: Terraform): Promise<Findings> {
  await noPlugins(tf);
  if (tf.leftovers().length > 0) {
    ageLeftovers(tf);
    await tf.plan();
    await noPlugins(tf);
  }
  return tf.leftovers().map((name) => `a plugin left ${name} among the temporary files`);
}

export const noPlugins = (tf: Terraform): Promise<unknown> => until("the last plugin to end", () => tf.plugins().length === 0);

/** Makes the files of a killed plugin an hour old: a later plugin does not remove new ones, which might belong to a plugin that is starting. */
export function ageLeftovers(tf: Terraform): void {
  if (tf.plugins().length > 0) return;
  const old = Date.now() / 1000 - HOUR;
  for (const name of tf.leftovers()) utimesSync(join(tf.temporary, name), old, old);
}
