// npm run build: builds everything that the package ships: L1 bindings from the provider's schema, compiled constructs and
// types, the bundled plugin with its manifest, and the command line. Does nothing if nothing has changed. Replaces dist/ in
// one step, so that processes that run from the old dist/ are not disturbed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { generateBindings } from "./build/bindings.mjs";
import { bundleOperations } from "./build/operations.mjs";
import { bundlePlugin } from "./build/plugin.mjs";
import { bundleReaper } from "./build/reaper.mjs";
import { bundleTemplates } from "./build/templates.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");
const fresh = join(root, ".tmp", `dist-${process.pid}`);

const stamp = hashOf(
  [
    "lib",
    "templates",
    "scripts/build",
    "scripts/package/tools/package.json",
    "scripts/build.mjs",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "tsconfig.build.json",
  ],
  `release=${process.env.IMAGETASK_RELEASE ?? ""}`,
);
const stampFile = join(dist, ".stamp");
if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp && existsSync(join(root, "lib/imports"))) {
  console.log("dist/ is up to date.");
} else {
  await build();
}

async function build() {
  await step("Generated the bindings", () => generateBindings(root));
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  await step("Compiled the constructs, the emulator and the command line", () => {
    const tsc = spawnSync(
      process.execPath,
      [join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.build.json", "--outDir", fresh],
      { cwd: root, stdio: "inherit" },
    );
    if (tsc.status !== 0) process.exit(tsc.status ?? 1);
  });
  await step("Bundled the plugin", () => bundlePlugin(root, fresh));
  await step("Bundled the operations", () => bundleOperations(root, fresh));
  await step("Bundled the reaper's function", () => bundleReaper(root, fresh));
  await step("Bundled the templates", () => bundleTemplates(root, fresh));
  writeFileSync(join(fresh, ".stamp"), stamp);
  const old = `${fresh}-old`;
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(fresh, dist);
  rmSync(old, { recursive: true, force: true });
}

/**
 * @param {string} name
 * @param {() => unknown} run
 */
async function step(name, run) {
  const start = performance.now();
  await run();
  console.log(`${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
}

/**
 * A hash of names and contents. It omits generated sources, because they depend only on the others.
 *
 * @param {readonly string[]} paths
 * @param {string} more
 */
function hashOf(paths, more) {
  const hash = createHash("sha256").update(more);
  /** @param {string} path */
  const visit = (path) => {
    const full = join(root, path);
    const entries = readdirSync(full, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const inner = `${path}/${entry.name}`;
      if (inner === "lib/imports") continue;
      if (entry.isDirectory()) visit(inner);
      else hash.update(inner).update(readFileSync(join(root, inner)));
    }
  };
  for (const path of paths) {
    if (existsSync(join(root, path)) && !path.includes(".")) visit(path);
    else hash.update(path).update(readFileSync(join(root, path)));
  }
  return hash.digest("hex");
}
