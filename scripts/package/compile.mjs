import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./tools.mjs";

/**
 * Compiles the constructs of a staged package into its dist/ with jsii, which also describes them in `.jsii`.
 *
 * @param {string} folder
 */
export function compile(folder) {
  // The props `import` and `export` have these names in every language; jsii appends an underscore where it has to.
  run(process.execPath, [join(folder, "node_modules/jsii/bin/jsii"), "--silence-warnings", "reserved-word"], folder);
  const assembly = join(folder, ".jsii");
  writeFileSync(assembly, JSON.stringify(JSON.parse(readFileSync(assembly, "utf8"), withoutPlaces)));
}

/**
 * Omits positions in the sources: they would be a third of the description, and the package does not contain the sources.
 *
 * @param {string} key
 * @param {unknown} value
 */
function withoutPlaces(key, value) {
  return key === "locationInModule" || key === "symbolId" ? undefined : value;
}
