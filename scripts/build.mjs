// Builds everything that the package ships: L1 bindings from the provider's schema, compiled constructs and
// types, the bundled plugin with its manifest, and the command line. Does nothing when nothing has changed, and puts
// the new dist/ in place in one step, so that whoever runs from the old one meanwhile is not disturbed.
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
  console.log("dist/ is up to date");
} else {
  await build();
}

async function build() {
  await step("bindings generated", () => generateBindings(root));
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  await step("constructs, emulator and command line compiled", () => {
    const tsc = spawnSync(
      process.execPath,
      [join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.build.json", "--outDir", fresh],
      { cwd: root, stdio: "inherit" },
    );
    if (tsc.status !== 0) process.exit(tsc.status ?? 1);
  });
  await step("plugin bundled", () => bundlePlugin(root, fresh));
  await step("operations bundled", () => bundleOperations(root, fresh));
  await step("function of the reaper bundled", () => bundleReaper(root, fresh));
  await step("templates bundled", () => bundleTemplates(root, fresh));
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
 * Over names and contents; generated sources are left out, since they follow from the others.
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
