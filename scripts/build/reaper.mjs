import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "./plugin.mjs";

/**
 * Bundles the function for Function Compute into `dist/reaper/index.js`. It shares `dist/operations` with the command line: synth puts both into
 * the function's archive, beside the SDK from the plugin.
 *
 * @param {string} root the package's folder
 * @param {string} dist the folder to write to
 */
export async function bundleReaper(root, dist) {
  const { contents } = await bundle({ root, entry: join(root, "lib", "bin", "reaper.ts"), plugins: [sharedOperations] });
  await mkdir(join(dist, "reaper"));
  await writeFile(join(dist, "reaper", "index.js"), contents);
}

/** @type {import("esbuild").Plugin} */
const sharedOperations = {
  name: "shared-operations",
  setup(build) {
    build.onResolve({ filter: /\/operations$/ }, () => ({ path: "../operations/index.js", external: true }));
  },
};
