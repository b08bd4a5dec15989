import { join } from "node:path";
import { build } from "esbuild";

/**
 * Loads lib/contract from its sources. It does not use `dist/contract`, which does not exist before the build and lacks what only the plugin needs.
 *
 * @typedef {typeof import("../../lib/contract/provider.js") & typeof import("../../lib/contract/resources.js") &
 *   typeof import("../../lib/contract/arguments/index.js") & typeof import("../../lib/contract/actions.js") &
 *   typeof import("../../lib/contract/lists.js")} Contract
 *
 * @param {string} root the package's folder
 * @returns {Promise<Contract>}
 */
export async function loadContract(root) {
  const contents = ["provider", "resources", "arguments", "actions", "lists"].map((name) => `export * from "./${name}";`).join("\n");
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: join(root, "lib/contract"), loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    logLevel: "error",
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}
