import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ACTION_SCHEMAS } from "../../lib/contract/actions";
import { PROVIDER_SCHEMA } from "../../lib/contract/provider";
import { DATA_SOURCE_SCHEMAS, RESOURCE_SCHEMAS } from "../../lib/contract/resources";
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

test("docs/provider is as fresh as the schema and the examples", () => {
  const example = (file: string): string | undefined =>
    existsSync(join(EXAMPLES, file)) ? readFileSync(join(EXAMPLES, file), "utf8") : undefined;
  const wanted = pages(
    { provider: PROVIDER_SCHEMA, resources: RESOURCE_SCHEMAS, dataSources: DATA_SOURCE_SCHEMAS, actions: ACTION_SCHEMAS },
    example,
  );

  // Else: npm run docs:provider
  expect(filesBelow(DOCS)).toEqual(Object.keys(wanted).sort());
  for (const [file, text] of Object.entries(wanted)) expect(readFileSync(join(DOCS, file), "utf8")).toBe(text);
});

// Terraform before 1.14 knows no actions.
test("every resource, data source and action has an example, and every example is valid", () =>
  withBench({ command: newerTerraform() }, async ({ tf }) => {
    for (const file of TYPES) {
      tf.write(readFileSync(join(EXAMPLES, file), "utf8"));
      expect(exited(await tf.run("validate")).output).toContain("The configuration is valid.");
    }
    writeFileSync(join(tf.folder, "main.tf"), readFileSync(join(EXAMPLES, "provider/provider.tf")));
    exited(await tf.run("validate"));
    expect(exited(await tf.run("fmt", "-check", "-recursive", "-diff", EXAMPLES)).output).toBe("");
  }));
