import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The version that the pipelines of generated projects install. */
const TERRAFORM = "1.11.4";
/** The oldest Node.js that the CDK's command line supports. */
const NODE = { cdktf: "20.9", cdktn: "22.19" };
const VALUES = "values.json";
/** The first is the default. */
const LANGUAGES = ["typescript", "python"];
const TEMPLATES = ["pipeline", "golden-image"];

/**
 * Writes the templates of `imagetask init` as one file, with the versions that this project itself is built and tested with.
 *
 * @param {string} root
 * @param {string} dist
 */
export function bundleTemplates(root, dist) {
  writeFileSync(join(dist, "templates.json"), JSON.stringify(templatesOf(root)));
}

/**
 * @param {string} root
 * @returns {import("../../lib/cli/init/templates.js").Templates}
 */
export function templatesOf(root) {
  const folder = join(root, "templates");
  const names = ["all", ...LANGUAGES.flatMap((language) => [language, ...TEMPLATES.map((template) => `${language}-${template}`)])];
  const layers = Object.fromEntries(names.map((name) => [name, layer(join(folder, name))]));
  const own = read(join(root, "package.json"));
  const tools = read(join(root, "scripts/package/tools/package.json"));
  const libraries = tools.dependencies;
  return {
    versions: {
      package: own.version,
      terraform: TERRAFORM,
      home: own.homepage,
      typescriptVersion: own.devDependencies.typescript,
      typesNodeVersion: own.devDependencies["@types/node"],
      jsiiVersion: libraries["jsii-pacmak"],
      // cdktn requires 10.6, and the Python package for cdktf is compiled with it too.
      pythonConstructsVersion: libraries.constructs,
    },
    cdks: {
      cdktf: cdk("cdktf", own.devDependencies.cdktf, own.devDependencies.constructs),
      cdktn: cdk("cdktn", libraries.cdktn, libraries.constructs),
    },
    languages: LANGUAGES,
    templates: TEMPLATES,
    layers,
  };
}

/**
 * @param {"cdktf" | "cdktn"} name
 * @param {string} cdkVersion
 * @param {string} constructsVersion
 */
const cdk = (name, cdkVersion, constructsVersion) => ({ cdk: name, cdkVersion, constructsVersion, nodeVersion: NODE[name] });

/** @param {string} folder */
function layer(folder) {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => statSync(join(folder, name)).isFile());
  const texts = paths.sort().map((path) => [path, readFileSync(join(folder, path), "utf8")]);
  return {
    files: Object.fromEntries(texts.filter(([path]) => path !== VALUES)),
    values: paths.includes(VALUES) ? read(join(folder, VALUES)) : {},
  };
}

/** @param {string} file */
const read = (file) => JSON.parse(readFileSync(file, "utf8"));
