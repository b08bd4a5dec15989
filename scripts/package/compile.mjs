import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./tools.mjs";

/**
 * Has jsii compile the constructs of a staged package into its dist/, and describe them in `.jsii`.
 *
 * @param {string} folder
 */
export function compile(folder) {
  // `import` and `export` are what the props are called in every language; jsii appends an underscore where it has to.
  run(process.execPath, [join(folder, "node_modules/jsii/bin/jsii"), "--silence-warnings", "reserved-word"], folder);
  const assembly = join(folder, ".jsii");
  writeFileSync(assembly, JSON.stringify(JSON.parse(readFileSync(assembly, "utf8"), withoutPlaces)));
}

/**
 * Where something stands in the sources, which are not part of the package, would be a third of the description.
 *
 * @param {string} key
 * @param {unknown} value
 */
function withoutPlaces(key, value) {
  return key === "locationInModule" || key === "symbolId" ? undefined : value;
}
