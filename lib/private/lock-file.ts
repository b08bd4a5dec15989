import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemErrorOf } from "../contract/thrown";
import { seedLockText, type OwnProvider, type RequiredProvider } from "./lock-text";

/** Updates `.terraform.lock.hcl` in the stack's folder. Does not touch a file that is up to date. */
export function seedLockFile(stackDir: string, own: OwnProvider, required: readonly RequiredProvider[]): void {
  const file = join(stackDir, ".terraform.lock.hcl");
  const before = readIfThere(file);
  const after = seedLockText(before, own, required);
  if (after === before) return;
  const fresh = `${file}.${process.pid}.tmp`;
  writeFileSync(fresh, after);
  renameSync(fresh, file);
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (systemErrorOf(error).code === "ENOENT") return "";
    throw error;
  }
}
