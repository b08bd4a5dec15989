import type { StateResult } from "../../plugin/resource";
import { SettingsNotKnownError } from "../errors";
import type { PendingSettings } from "../pending-settings";

/** What cannot be answered without ECS, before it is known whom to ask: an error that says what to wait for, and how. */
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
