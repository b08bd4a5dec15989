import type { Behaviour } from "../switches/behaviour";
import { EcsError } from "../protocol/api-error";

/** A dry run that finds nothing wrong is answered by an error. */
export function dryRun(behaviour: Behaviour, action: string): EcsError {
  const { dryRunCode } = behaviour.request;
  const code = dryRunCode === "perAction" ? (action === "ImportImage" ? "DRYRUN.SUCCESS" : "DryRunOperation") : dryRunCode;
  return new EcsError(400, code, "Request validation has been passed with DryRun flag set.");
}
