import type { StateResult } from "../../plugin/resource";
import { SettingsNotKnownError } from "../errors";
import type { PendingSettings } from "../pending-settings";

/** The error for a request that needs ECS while the provider block is not known yet. It says what to apply first. */
export function notConfigured(what: string, wayOut: string, pending: PendingSettings): StateResult {
  return {
    state: null,
    diagnostics: [
      {
        severity: "error",
        summary: "Provider not configured yet",
        detail: `${what}. ${new SettingsNotKnownError(pending.arguments).message} ${wayOut}`,
      },
    ],
  };
}
