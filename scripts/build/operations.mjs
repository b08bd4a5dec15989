import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "./plugin.mjs";

/** The SDK, which the plugin already contains, relative to `dist/operations/`. */
const SDK = "../plugin/package/ecs.js";

/**
 * Bundles the code with which the command line finds and ends operations into `dist/operations/index.js`. It replaces the compiled
 * files of the handler, which would look for the SDK in the user's packages.
 *
 * @param {string} root the package's folder
 * @param {string} dist the folder to write to
 */
export async function bundleOperations(root, dist) {
  const { contents } = await bundle({ root, entry: join(root, "lib", "operations", "index.ts"), plugins: [sdkOfPlugin] });
  for (const folder of ["handler", "operations"]) await rm(join(dist, folder), { recursive: true, force: true });
  // Nobody compiles against the command line, and its declarations would refer to the handler's.
  for (const file of await readdir(join(dist, "cli"), { recursive: true })) if (file.endsWith(".d.ts")) await rm(join(dist, "cli", file));
  await mkdir(join(dist, "operations"));
  await writeFile(join(dist, "operations", "index.js"), contents);
}

/** @type {import("esbuild").Plugin} */
const sdkOfPlugin = {
  name: "sdk-of-plugin",
  setup(build) {
    build.onResolve({ filter: /\/ecs\/sdk$/ }, () => ({ path: SDK, external: true }));
  },
};
