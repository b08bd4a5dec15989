// npm run package: packs the constructs for cdktf and cdktn in every language that jsii supports, into out/packages/, and the project
// templates for cdktf, cdktn and Backstage.
//   npm run package                      everything
//   npm run package -- js python         only these languages
//   npm run package -- --skip-missing    everything whose tools are installed
import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { FLAVOURS } from "./package/flavours.mjs";
import { compile } from "./package/compile.mjs";
import { LANGUAGES, lackOf, pack } from "./package/languages.mjs";
import { stage } from "./package/stage.mjs";
import { builtParts, packTemplates } from "./package/templates.mjs";
import { installTools } from "./package/tools.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, "out/packages");
const { values, positionals } = parseArgs({ allowPositionals: true, options: { "skip-missing": { type: "boolean" } } });
const wanted = positionals.length > 0 ? positionals : LANGUAGES;

const unknown = wanted.filter((language) => !LANGUAGES.includes(language));
if (unknown.length > 0) fail(`There is no package for ${unknown.join(", ")}. Known languages: ${LANGUAGES.join(", ")}.`);
const lacking = wanted.filter((language) => lackOf(language) !== undefined);
if (lacking.length > 0) {
  const lacks = lacking.map(lackOf).join("; ");
  if (!values["skip-missing"]) fail(`${lacks}. Install it, or name the languages to pack: npm run package -- js go`);
  console.warn(`Skipped ${lacking.join(", ")}. ${lacks}.`);
}
const languages = wanted.filter((language) => !lacking.includes(language));

const tools = installTools(root);
for (const language of languages) rmSync(join(out, language), { recursive: true, force: true });
mkdirSync(out, { recursive: true });
for (const flavour of FLAVOURS) {
  const folder = stage(root, flavour, tools);
  compile(folder);
  for (const language of languages) {
    const start = performance.now();
    pack(language, folder, out);
    console.log(`Packed ${flavour.name} for ${language} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  }
}

packTemplates(builtParts(root), out);
console.log("Packed the templates.");

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}
