import { chmodSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { CDKTF, inFlavour } from "./flavours.mjs";
import { manifest, tsconfig } from "./manifest.mjs";

/** The suffixes of files that differ between flavours. */
const TEXTS = [".ts", ".js", ".html"];
/** The folders that jsii compiles; the rest of dist/ comes from the build. */
const CONSTRUCTS = ["private", "contract", "imports"];

/**
 * Makes a copy of the package for one CDK, where jsii compiles the constructs beside the built emulator, command line and plugin.
 * The plugin stays unchanged: its version is a hash of its bytes, and both CDKs share states.
 *
 * @param {string} root
 * @param {import("./flavours.mjs").Flavour} flavour
 * @param {string} tools the folder that installTools returned
 * @returns {string} the copy's folder
 */
export function stage(root, flavour, tools) {
  const folder = join(root, ".tmp/package", flavour.name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "lib"), { recursive: true });
  symlinkSync(join(tools, "node_modules"), join(folder, "node_modules"));

  const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  for (const name of [...readdirSync(join(root, "lib")).filter((file) => file.endsWith(".ts")), ...CONSTRUCTS]) {
    copy(join(root, "lib", name), join(folder, "lib", name), flavour);
  }
  for (const name of own.files) copy(join(root, name), join(folder, name), flavour);
  const readme = join(folder, "README.md");
  writeFileSync(readme, withAbsoluteLinks(inFlavour(readFileSync(readme, "utf8"), flavour), own.repository.url));
  rmSync(join(folder, "dist/.stamp"), { force: true });
  rmSync(join(folder, "dist/plugin"), { recursive: true });
  cpSync(join(root, "dist/plugin"), join(folder, "dist/plugin"), { recursive: true });
  // npm makes them executable when it installs the package; jsii's runtime in other languages does not.
  for (const bin of Object.values(own.bin)) chmodSync(join(folder, bin), 0o755);
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest(own, flavour), null, 2)}\n`);
  writeFileSync(join(folder, "tsconfig.json"), `${JSON.stringify(tsconfig(), null, 2)}\n`);
  return folder;
}

/**
 * Makes the links of a README absolute: PyPI does not resolve relative ones, and the packages do not contain docs/.
 *
 * @param {string} text
 * @param {string} repository its URL in package.json
 */
export function withAbsoluteLinks(text, repository) {
  const [, home] = /^git\+(.*)\.git$/.exec(repository) ?? [];
  return text.replace(
    /(!?)\[([^\]]*)\]\((?![a-z]+:|#)([^)]+)\)/g,
    (_, image, label, path) => `${image}[${label}](${home}/${image ? "raw" : "blob"}/main/${path})`,
  );
}

/**
 * @param {string} source
 * @param {string} target
 * @param {import("./flavours.mjs").Flavour} flavour
 */
function copy(source, target, flavour) {
  cpSync(source, target, { recursive: true });
  if (flavour === CDKTF) return;
  const files = statSync(target).isFile()
    ? [target]
    : readdirSync(target, { recursive: true, encoding: "utf8" }).map((name) => join(target, name));
  for (const file of files) {
    if (TEXTS.includes(extname(file)) && statSync(file).isFile()) writeFileSync(file, inFlavour(readFileSync(file, "utf8"), flavour));
  }
}
