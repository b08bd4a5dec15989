import { writeSync } from "node:fs";
import type { LaunchEnvironment } from "./launch-environment";

const STDERR = 2;

/**
 * Reports why the plugin could not start. Terraform shows the first line that a plugin prints instead of its handshake; a person who
 * started the plugin by hand reads stderr.
 */
export function reportFailure(message: string, { handshakeFd }: LaunchEnvironment): void {
  attempt(() => writeSync(STDERR, `${message}\n`));
  if (process.env.TF_PLUGIN_MAGIC_COOKIE) attempt(() => writeSync(handshakeFd, `${message.replace(/\s+/g, " ")}\n`));
}

/** Ignores a closed descriptor. */
function attempt(write: () => void): void {
  try {
    write();
  } catch {
    // There is no other way to report it.
  }
}
