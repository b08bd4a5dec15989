/**
 * Returns the exit code: 1 if a check failed, if a client that --client names could not run, or if the emulator that the command
 * started differs from its own defaults. On any other endpoint, a difference is a finding, not a failure.
 *
 * @param {import("./types.js").Results} results
 * @param {Pick<import("./types.js").Options, "mode" | "clients">} options
 */
export function verdict(results, { mode, clients }) {
  for (const [client, { lines, failed }] of Object.entries(results)) {
    if (!lines) {
      if (failed || clients?.includes(client)) return 1;
      continue;
    }
    for (const { outcome } of lines) {
      if (outcome === "failed" || (outcome === "differs" && mode === "emulator")) return 1;
    }
  }
  return 0;
}
