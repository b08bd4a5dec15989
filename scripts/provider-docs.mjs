// npm run docs:provider: rewrites docs/provider/, the pages that a registry shows for the provider, from its schemas and from examples/.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadContract } from "./build/load-contract.mjs";
import { pages } from "./provider-docs/pages.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const contract = await loadContract(root);
const schemas = {
  provider: contract.PROVIDER_SCHEMA,
  resources: contract.RESOURCE_SCHEMAS,
  identities: contract.IDENTITY_SCHEMAS,
  dataSources: contract.DATA_SOURCE_SCHEMAS,
  actions: contract.ACTION_SCHEMAS,
  lists: contract.LIST_SCHEMAS,
};

/** @param {string} file below examples/ */
const example = (file) => {
  const path = join(root, "examples", file);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
};

const out = join(root, "docs/provider");
const written = pages(schemas, example);
rmSync(out, { recursive: true, force: true });
for (const [file, text] of Object.entries(written)) {
  mkdirSync(dirname(join(out, file)), { recursive: true });
  writeFileSync(join(out, file), text);
}
