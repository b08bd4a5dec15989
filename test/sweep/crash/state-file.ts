import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Terraform } from "../../support/e2e/terraform";

/** Reads and replaces a stack's state file behind Terraform's back. */

const stateFile = (tf: Terraform): string => join(tf.folder, "terraform.tfstate");

export const readState = (tf: Terraform): string | null => (existsSync(stateFile(tf)) ? readFileSync(stateFile(tf), "utf8") : null);

export function writeState(tf: Terraform, state: string | null): void {
  forgetState(tf);
  if (state !== null) writeFileSync(stateFile(tf), state);
}

/** Makes the starts that the state records older by the given number of milliseconds. */
export function ageStarts(tf: Terraform, by: number): void {
  const aged = readState(tf)!.replace(
    /((?:import|export|copy):[a-z0-9-]+:[^:"]*:[^:"]*:)(\d{13})/g,
    (_, head: string, startedAt: string) => `${head}${Number(startedAt) - by}`,
  );
  writeFileSync(stateFile(tf), aged);
}

export function forgetState(tf: Terraform): void {
  for (const name of ["terraform.tfstate", "terraform.tfstate.backup", ".terraform.tfstate.lock.info"])
    rmSync(join(tf.folder, name), { force: true });
}
