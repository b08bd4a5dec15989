// Installs the dependencies if they are missing or older than the lock file, so that every npm script of this package works in a
// fresh clone.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lock = join(root, "package-lock.json");
const installed = join(root, "node_modules", ".package-lock.json");

if (existsSync(lock) && (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs)) {
  console.log("Installing the dependencies (npm ci) …");
  // npm passes its own settings to scripts as npm_config_*; a nested npm must not inherit them.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([k]) => !/^npm_(config_(dry_run|ignore_scripts)|lifecycle|package)/.test(k)),
  );
  const run = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: root, stdio: "inherit", env });
  if (run.status !== 0) {
    console.error("npm ci failed. Fix the error above, then run the same command again.");
    process.exit(run.status ?? 1);
  }
}
