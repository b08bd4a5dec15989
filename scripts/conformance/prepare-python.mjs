import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Creates a virtual environment in .tmp/ with only the pinned packages, and again if the pins or Python have changed.
 *
 * @param {string} root
 * @param {string} generation the name in requirements-NAME.txt
 * @returns {import("./types.js").Prepared}
 */
export function preparePython(root, generation) {
  const version = spawnSync("python3", ["-c", "import sys; print(sys.version); sys.exit(sys.version_info < (3, 9))"], { encoding: "utf8" });
  if (version.error) return { missing: "no python3 on PATH" };
  if (version.status !== 0) return { missing: `python3 is ${version.stdout.split(" ")[0]}; 3.9 or later is needed` };
  const pins = join(root, "test/conformance/python", `requirements-${generation}.txt`);
  const venv = join(root, ".tmp/conformance", `python-${generation}`);
  const python = join(venv, "bin/python");
  const stamp = join(venv, "complete");
  const wanted = createHash("sha256").update(readFileSync(pins)).update(version.stdout).digest("hex");
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
    rmSync(venv, { recursive: true, force: true });
    mkdirSync(venv, { recursive: true });
    const made =
      run("python3", ["-m", "venv", venv], root) ?? run(python, ["-m", "pip", "install", "--quiet", "--require-hashes", "-r", pins], root);
    if (made) return { failed: made };
    writeFileSync(stamp, wanted);
  }
  return { command: [python, "test/conformance/python/main.py", generation] };
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {string | undefined} what failed
 */
function run(command, args, cwd) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
  return status === 0 ? undefined : `${command} ${args.slice(0, 3).join(" ")} … failed${error ? `: ${error.message}` : ""}`;
}
