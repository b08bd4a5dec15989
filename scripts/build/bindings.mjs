import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ALICLOUD_SCHEMA } from "./alicloud-schema.mjs";
import { loadContract } from "./load-contract.mjs";
import { propsSource } from "./props.mjs";

/**
 * Generates the L1 bindings in lib/imports/ from the schema that the provider serves, and from a list of the
 * alicloud resources that our constructs create. Needs no network and no Terraform, and does nothing if nothing has changed.
 *
 * @typedef {import("../../lib/contract/schema.js").Schema} Schema
 * @typedef {import("../../lib/contract/schema.js").Block} Block
 * @typedef {import("./load-contract.mjs").Contract} Contract
 *
 * @param {string} root the package's folder
 */
export async function generateBindings(root) {
  const target = join(root, "lib/imports");
  const stamp = join(target, ".schema-hash");
  const contract = await loadContract(root);
  const schemas = { ...ownSchema(contract), ...ALICLOUD_SCHEMA };
  const props = propsSource(contract);
  const hash = hashOf(JSON.stringify(schemas), props, generatorVersion(root), readFileSync(new URL(import.meta.url)));
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return;

  const generate = loadGenerator(root);
  const scratch = mkdtempSync(join(tmpdir(), "imagetask-bindings-"));
  try {
    // One provider at a time: with two, the generator writes the second one's provider class to the wrong folder.
    for (const [source, schema] of Object.entries(schemas)) {
      await generate(scratch, { format_version: "1.0", provider_schemas: { [source]: schema } });
    }
    for (const file of generatedFiles(scratch)) tidy(file);
    for (const provider of readdirSync(join(scratch, "providers"))) writeIndex(join(scratch, "providers", provider));
    writeFileSync(join(scratch, "providers/imagetask/props.ts"), props);
    writeFileSync(join(scratch, "providers/.schema-hash"), hash);
    replaceFolder(join(scratch, "providers"), target);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * @param {string} root
 * @returns {(folder: string, schemas: object) => Promise<void>}
 */
function loadGenerator(root) {
  // When it is loaded, the generator runs `terraform version` and reports a failure to its authors. It needs neither.
  process.env.CHECKPOINT_DISABLE ??= "1";
  const { TERRAFORM_BINARY_NAME: before } = process.env;
  process.env.TERRAFORM_BINARY_NAME = "true";
  try {
    return createRequire(join(root, "package.json"))("@cdktf/provider-generator").generateProviderBindingsFromSchema;
  } finally {
    if (before === undefined) delete process.env.TERRAFORM_BINARY_NAME;
    else process.env.TERRAFORM_BINARY_NAME = before;
  }
}

/**
 * Returns our provider's schema as `terraform providers schema -json` would print it.
 *
 * @param {Contract} contract
 */
function ownSchema(contract) {
  return {
    [contract.PROVIDER_SOURCE]: {
      provider: schemaJson(contract.PROVIDER_SCHEMA),
      resource_schemas: mapValues(contract.RESOURCE_SCHEMAS, schemaJson),
      data_source_schemas: mapValues(contract.DATA_SOURCE_SCHEMAS, schemaJson),
    },
  };
}

/** @param {Schema} schema */
function schemaJson({ version, block }) {
  return { version, block: blockJson(block) };
}

/**
 * @param {Block} block
 * @returns {object}
 */
function blockJson({ description, attributes, blocks = {} }) {
  return {
    description,
    description_kind: "markdown",
    attributes: mapValues(attributes, (attribute) => ({ ...attribute, description_kind: "markdown" })),
    block_types: mapValues(blocks, ({ nesting, minItems, maxItems, block }) => ({
      nesting_mode: nesting,
      min_items: minItems,
      max_items: maxItems,
      block: blockJson(block),
    })),
  };
}

/**
 * @template From, To
 * @param {{ readonly [key: string]: From }} object
 * @param {(value: From) => To} change
 * @returns {{ [key: string]: To }}
 */
function mapValues(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

/** @param {string} root */
function generatorVersion(root) {
  return readFileSync(join(root, "node_modules/@cdktf/provider-generator/package.json"), "utf8");
}

/** @param {(string | Buffer)[]} parts */
function hashOf(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex");
}

/** @param {string} dir */
function generatedFiles(dir) {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/**
 * Removes what only `cdktf get` needs, and links to registry pages that do not exist; adds `override`, which our compiler settings require.
 *
 * @param {string} file
 */
function tidy(file) {
  if (/(README\.md|lazy-index\.ts|providers\/\w+\/index\.ts)$/.test(file)) return rmSync(file);
  const text = readFileSync(file, "utf8")
    .replace(/^\/\/ https:\/\/registry\.terraform\.io\S*\n/, "")
    .replace(/^ *\* Docs at Terraform Registry:.*\n/gm, "")
    .replace(/\{@link https:\/\/registry\.terraform\.io\S* ([^}]*)\}/g, "$1")
    .replace(/^( *\* *\n)+(?= *\*\/)/gm, "")
    .replace(/(?<=^ *(public|protected) )(?=(synthesizeAttributes|synthesizeHclAttributes|[gs]et alias)\()/gm, "override ")
    .replace(/^ *constructor\((?=.*protected wrapsSet)(.*)$/gm, (line) => line.replaceAll("protected ", "protected override "));
  writeFileSync(file, text);
}

/**
 * Writes an index that exports a provider's generated code in one namespace.
 *
 * @param {string} folder
 */
function writeIndex(folder) {
  const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  writeFileSync(join(folder, "index.ts"), names.map((name) => `export * from "./${name}";\n`).join(""));
}

/**
 * Replaces the folder in one step, so that a process that reads it meanwhile never sees a part of it.
 *
 * @param {string} source
 * @param {string} target
 */
function replaceFolder(source, target) {
  const fresh = `${target}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  cpSync(source, fresh, { recursive: true });
  rmSync(target, { recursive: true, force: true });
  try {
    renameSync(fresh, target);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    // Another build has put the same bindings there first.
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
  }
}

// `npm run lint` needs only the bindings from the build.
if (process.argv[1] === fileURLToPath(import.meta.url)) await generateBindings(join(dirname(process.argv[1]), "../.."));
