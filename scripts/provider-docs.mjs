// Writes docs/provider/ anew: the pages that a registry shows for the provider, from its schema and from examples/.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pages } from "./provider-docs/pages.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
/** @type {typeof import("../lib/contract/resources.js")} */
const { DATA_SOURCE_SCHEMAS, RESOURCE_SCHEMAS } = require("../dist/contract/resources.js");
/** @type {typeof import("../lib/contract/actions.js")} */
const { ACTION_SCHEMAS } = require("../dist/contract/actions.js");
/** @type {typeof import("../lib/contract/provider.js")} */
const { PROVIDER_SCHEMA } = require("../dist/contract/provider.js");

/** @param {string} file below examples/ */
const example = (file) => {
  const path = join(root, "examples", file);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
};
const out = join(root, "docs/provider");
rmSync(out, { recursive: true, force: true });
for (const [file, text] of Object.entries(
  pages({ provider: PROVIDER_SCHEMA, resources: RESOURCE_SCHEMAS, dataSources: DATA_SOURCE_SCHEMAS, actions: ACTION_SCHEMAS }, example),
)) {
  mkdirSync(dirname(join(out, file)), { recursive: true });
  writeFileSync(join(out, file), text);
}
