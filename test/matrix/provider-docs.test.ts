import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ACTION_SCHEMAS } from "../../lib/contract/actions";
import { LIST_SCHEMAS } from "../../lib/contract/lists";
import { PROVIDER_SCHEMA } from "../../lib/contract/provider";
import { DATA_SOURCE_SCHEMAS, IDENTITY_SCHEMAS, RESOURCE_SCHEMAS } from "../../lib/contract/resources";
import { loadScript, ROOT } from "../scripts/support/load-script";
import { withBench } from "../support/e2e/bench";
import { exited } from "../support/e2e/terraform";
import { newerTerraform } from "./support/newer-terraform";

type Pages = (schemas: object, example: (file: string) => string | undefined) => { readonly [file: string]: string };
const { pages } = loadScript<{ pages: Pages }>("scripts/provider-docs/pages.mjs");

const EXAMPLES = join(ROOT, "examples");
const DOCS = join(ROOT, "docs/provider");
const TYPES = [
  ...Object.keys(RESOURCE_SCHEMAS).map((type) => `resources/${type}/resource.tf`),
  ...Object.keys(ACTION_SCHEMAS).map((type) => `actions/${type}/action.tf`),
  ...Object.keys(DATA_SOURCE_SCHEMAS).map((type) => `data-sources/${type}/data-source.tf`),
];

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    .sort();
}

test("docs/provider is up to date with the schemas and the examples", () => {
  const example = (file: string): string | undefined =>
    existsSync(join(EXAMPLES, file)) ? readFileSync(join(EXAMPLES, file), "utf8") : undefined;
  const schemas = {
    provider: PROVIDER_SCHEMA,
    resources: RESOURCE_SCHEMAS,
    identities: IDENTITY_SCHEMAS,
    dataSources: DATA_SOURCE_SCHEMAS,
    actions: ACTION_SCHEMAS,
    lists: LIST_SCHEMAS,
  };
  const wanted = pages(schemas, example);

  // If this fails, run npm run docs:provider.
  expect(filesBelow(DOCS)).toEqual(Object.keys(wanted).sort());
  for (const [file, text] of Object.entries(wanted)) expect(readFileSync(join(DOCS, file), "utf8")).toBe(text);
});

// Terraform before 1.14 knows neither actions nor lists.
test("every resource, data source, action and list has an example, and every example is valid", () =>
  withBench({ command: newerTerraform() }, async ({ tf }) => {
    const readExample = (file: string): string => readFileSync(join(EXAMPLES, file), "utf8");
    const validate = async (...args: string[]): Promise<void> => {
      expect(exited(await tf.run("validate", ...args)).output).toContain("The configuration is valid.");
    };
    for (const file of TYPES) {
      tf.write(readExample(file));
      await validate();
    }
    for (const type of Object.keys(IDENTITY_SCHEMAS)) {
      tf.write(readExample(`resources/${type}/resource.tf`) + readExample(`resources/${type}/import-by-identity.tf`));
      await validate();
    }
    writeFileSync(join(tf.folder, "main.tf"), readExample("provider/provider.tf"));
    exited(await tf.run("validate"));
    for (const type of Object.keys(LIST_SCHEMAS)) {
      writeFileSync(join(tf.folder, "list.tfquery.hcl"), readExample(`list-resources/${type}/list-resource.tfquery.hcl`));
      await validate("-query");
    }
    expect(exited(await tf.run("fmt", "-check", "-recursive", "-diff", EXAMPLES)).output).toBe("");
  }));
