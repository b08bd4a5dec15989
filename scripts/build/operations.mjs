import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "./plugin.mjs";

/** Seen from `dist/operations/`: the SDK, which the plugin brings already. */
const SDK = "../plugin/package/ecs.js";

/**
 * Bundles what the command line finds and ends operations with into `dist/operations/index.js`. The compiler has laid the
 * handler's own files there, too, which would look for the SDK among the user's packages.
 *
 * @param {string} root the package's folder
 * @param {string} dist the folder to write to
 */
export async function bundleOperations(root, dist) {
  const { contents } = await bundle({ root, entry: join(root, "lib", "operations", "index.ts"), plugins: [sdkOfPlugin] });
  for (const folder of ["handler", "operations"]) await rm(join(dist, folder), { recursive: true, force: true });
  // Nobody compiles against the command line, and its declarations speak of the handler's.
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
