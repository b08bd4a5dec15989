// Builds everything that the package ships: L1 bindings from the provider's schema, compiled constructs and
// types, the bundled plugin with its manifest, and the command line.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { generateBindings } from "./build/bindings.mjs";
import { bundlePlugin } from "./build/plugin.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const step = async (name, run) => {
  const start = performance.now();
  await run();
  console.log(`${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
};

await step("bindings generated", () => generateBindings(root));
await step("constructs, emulator and command line compiled", () => {
  rmSync(join(root, "dist"), { recursive: true, force: true });
  const tsc = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit" });
  if (tsc.status !== 0) process.exit(tsc.status ?? 1);
});
await step("plugin bundled", () => bundlePlugin(root));
