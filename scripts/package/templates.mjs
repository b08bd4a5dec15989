import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * The parts of the build that packing needs.
 *
 * @typedef {object} Parts
 * @property {string} root
 * @property {import("../../lib/cli/init/templates.js").Templates} templates
 * @property {typeof import("../../lib/cli/init/render-project.js").renderProject} renderProject
 * @property {typeof import("../../lib/cli/init/render-project.js").renderText} renderText
 * @property {typeof import("../../lib/private/zip.js").zip} zip
 */

/**
 * Packs the templates of `imagetask init` for other tools: a zip file of each for `cdktf init --template URL` and
 * `cdktn init --template URL`, and a folder for Backstage.
 *
 * @param {Parts} parts
 * @param {string} out
 */
export function packTemplates({ root, templates, renderProject, renderText, zip }, out) {
  /** @param {string} path */
  const source = (path) => readFileSync(join(root, "templates", path), "utf8");

  const zips = join(out, "templates");
  const backstage = join(out, "backstage");
  for (const folder of [zips, backstage]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(zips, { recursive: true });
  for (const choice of choices()) {
    const name = `${choice.cdk}-${choice.language}-${choice.template}`;
    const files = {
      ...renderProject(templates, choice, { name: "{{ $base }}", projectId: "{{ projectId }}" }),
      ".hooks.sscaff.js": renderText(source("cdk-init/.hooks.sscaff.js"), hookValues(choice)),
    };
    const entries = Object.entries(files).map(([path, text]) => ({ name: path, contents: Buffer.from(text) }));
    writeFileSync(join(zips, `${name}.zip`), zip(entries));
    write(join(backstage, "skeletons", name), {
      ...renderProject(templates, choice, { name: "${{ values.name }}", projectId: "${{ values.name }}" }),
      "catalog-info.yaml": source("backstage/catalog-info.yaml"),
    });
  }
  write(backstage, { "template.yaml": renderText(source("backstage/template.yaml"), lists()) });

  function choices() {
    return Object.keys(templates.cdks).flatMap((cdk) =>
      templates.languages.flatMap((language) => templates.templates.map((template) => ({ cdk, language, template }))),
    );
  }

  /** @param {import("../../lib/cli/init/render-project.js").Choice} choice */
  function hookValues({ cdk, language }) {
    const name = `${cdk}-alicloud-image-tasks`;
    const version = templates.versions.package;
    const [file, published, vendored] =
      language === "python"
        ? ["requirements.txt", `${name}==${version}`, "./vendor/FILE"]
        : ["package.json", `"${name}": "${version}"`, `"${name}": "file:vendor/FILE"`];
    return {
      cdk,
      package: name,
      dependencyFile: file,
      publishedLine: JSON.stringify(published),
      vendoredLine: JSON.stringify(vendored),
    };
  }

  function lists() {
    const list = (/** @type {readonly string[]} */ names) => `[${names.join(", ")}]`;
    return { templates: list(templates.templates), languages: list(templates.languages), cdks: list(Object.keys(templates.cdks)) };
  }
}

/**
 * @param {string} root
 * @returns {Parts}
 */
export function builtParts(root) {
  const require = createRequire(join(root, "dist/"));
  const templates = JSON.parse(readFileSync(join(root, "dist/templates.json"), "utf8"));
  return { root, templates, ...require("./cli/init/render-project.js"), ...require("./private/zip.js") };
}

/**
 * @param {string} folder
 * @param {{ readonly [path: string]: string }} files
 */
function write(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
