import { writeSync } from "node:fs";
import type { LaunchEnvironment } from "./launch-environment";

const STDERR = 2;

/**
 * Tells why the plugin could not start: Terraform shows its user what a plugin printed where a handshake was due, first line
 * only; a person who started it by hand reads stderr.
 */
export function reportFailure(message: string, { handshakeFd }: LaunchEnvironment): void {
  attempt(() => writeSync(STDERR, `${message}\n`));
  if (process.env.TF_PLUGIN_MAGIC_COOKIE) attempt(() => writeSync(handshakeFd, `${message.replace(/\s+/g, " ")}\n`));
}

/** Whoever closed it does not want to know. */
function attempt(write: () => void): void {
  try {
    write();
  } catch {
    // Nothing else to tell it by.
  }
}
