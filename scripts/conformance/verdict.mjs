/**
 * The exit code for all results: 1 when a check failed, when a client that was asked for couldn't be run, or, on the emulator that the command
 * started itself, when something was seen that its defaults don't say. On any other endpoint a difference is a finding, and no failure.
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
