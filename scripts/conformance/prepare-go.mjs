import { spawnSync } from "node:child_process";
import { join } from "node:path";

/**
 * Builds the suite into .tmp/ with the module's pinned versions. `go run` would not pass signals on, and then the suite could not clean
 * up.
 *
 * @param {string} root
 * @param {string} generation the folder in cmd/
 * @returns {import("./types.js").Prepared}
 */
export function prepareGo(root, generation) {
  if (spawnSync("go", ["version"]).error) return { missing: "no go on PATH" };
  const binary = join(root, ".tmp/conformance", `go-${generation}`);
  const { status } = spawnSync("go", ["build", "-o", binary, `./cmd/${generation}`], {
    cwd: join(root, "test/conformance/go"),
    stdio: ["ignore", "ignore", "inherit"],
  });
  return status === 0 ? { command: [binary] } : { failed: "go build failed" };
}
