// Writes the table of docs/real-ecs.md anew from the switches as they were built: npm run build && node scripts/conformance/write-assumptions.mjs
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { openAssumptions } from "./open-assumptions.mjs";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const require = createRequire(import.meta.url);
const { defaultBehaviour } = require(join(root, "dist/emulator"));
const { SWITCH_CHOICES } = require(join(root, "dist/emulator/behaviour-patch"));
const file = join(root, "docs/real-ecs.md");
const document = readFileSync(file, "utf8");
const pattern = /(<!-- assumptions -->\n\n)[^]*(\n\n<!-- end of assumptions -->)/;
if (!pattern.test(document)) throw new Error(`${file} has no marks for the table: <!-- assumptions --> and <!-- end of assumptions -->`);
writeFileSync(
  file,
  document.replace(pattern, (_, begin, end) => begin + openAssumptions(defaultBehaviour(), SWITCH_CHOICES) + end),
);
