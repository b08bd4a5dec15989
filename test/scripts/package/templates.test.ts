import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { renderProject, renderText } from "../../../lib/cli/init/render-project";
import { zip } from "../../../lib/private/zip";
import { TEMPLATES } from "../../cli/support/templates";
import { loadScript } from "../support/load-script";

const ROOT = resolve(__dirname, "../../..");
const { packTemplates } = loadScript<{ packTemplates(parts: object, out: string): void }>("scripts/package/templates.mjs");

const out = mkdtempSync(join(tmpdir(), "templates-"));
beforeAll(() => packTemplates({ root: ROOT, templates: TEMPLATES, renderProject, renderText, zip }, out));
afterAll(() => rmSync(out, { recursive: true, force: true }));

const skeleton = (...path: string[]) => readFileSync(join(out, "backstage/skeletons", ...path), "utf8");

test("every combination of CDK, language and template has a zip archive and a skeleton for Backstage", () => {
  const names = Object.keys(TEMPLATES.cdks).flatMap((cdk) =>
    TEMPLATES.languages.flatMap((language) => TEMPLATES.templates.map((template) => `${cdk}-${language}-${template}`)),
  );
  expect(readdirSync(join(out, "templates")).sort()).toEqual(names.map((name) => `${name}.zip`).sort());
  expect(readdirSync(join(out, "backstage/skeletons")).sort()).toEqual(names.sort());
});

test("the form of Backstage offers the values for which there are skeletons, and the skeletons use its name", () => {
  const form = readFileSync(join(out, "backstage/template.yaml"), "utf8");
  for (const list of ["[pipeline, golden-image]", "[typescript, python]", "[cdktf, cdktn]"]) expect(form).toContain(`enum: ${list}\n`);
  expect(form).toContain("url: ./skeletons/${{ parameters.cdk }}-${{ parameters.language }}-${{ parameters.template }}\n");
  expect(skeleton("cdktn-python-pipeline/package.json")).toContain('"name": "${{ values.name }}"');
  expect(skeleton("cdktn-python-pipeline/catalog-info.yaml")).toContain("name: ${{ values.name }}");
  expect(existsSync(join(out, "backstage/skeletons/cdktn-python-pipeline/.hooks.sscaff.js"))).toBe(false);
});

test("only the GitHub workflow, which Backstage copies unchanged, has expressions of another kind", () => {
  const files = readdirSync(join(out, "backstage/skeletons"), { recursive: true, encoding: "utf8" }).filter(
    (name) => /\.\w+$/.test(name) && !name.endsWith(".github"),
  );
  const workflows = files.filter((name) => name.endsWith("images.yml"));
  expect(workflows.length).toBeGreaterThan(0);
  expect(files.filter((name) => /\$\{\{ (?!values\.)|\{[%#]/.test(skeleton(name)))).toEqual(workflows);
});
