import type { Behaviour } from "../switches/behaviour";
import { ApiError } from "../protocol/api-error";

/** The answer to a successful dry run. In ECS's API, it is an error. */
export function dryRun(behaviour: Behaviour, action: string): ApiError {
  const { dryRunCode } = behaviour.request;
  const code = dryRunCode === "perAction" ? (action === "ImportImage" ? "DRYRUN.SUCCESS" : "DryRunOperation") : dryRunCode;
  return new ApiError(400, code, "Request validation has been passed with DryRun flag set.");
}
