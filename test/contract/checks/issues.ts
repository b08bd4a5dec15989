import type { Issue } from "../../../lib/contract/values";

/** Each issue as `path: detail`. */
export function lines(issues: readonly Issue[]): string[] {
  return issues.map((issue) => `${issue.path.join(".")}: ${issue.detail}`);
}

/** The paths of the issues, each once. */
export function places(issues: readonly Issue[]): string[] {
  return [...new Set(issues.map((issue) => issue.path.join(".")))];
}
