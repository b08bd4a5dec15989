// Rewrites the table of docs/real-ecs.md from the built switches: npm run build && node scripts/conformance/write-assumptions.mjs
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { builtEmulator } from "../built-emulator.mjs";
import { betweenMarks } from "../between-marks.mjs";
import { openAssumptions } from "./open-assumptions.mjs";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const require = createRequire(import.meta.url);
/** @type {typeof import("../../lib/emulator/switches/behaviour-patch.ts")} */
const { SWITCH_CHOICES } = require(join(root, "dist/emulator/switches/behaviour-patch"));
const file = join(root, "docs/real-ecs.md");
const marks = /** @type {const} */ (["<!-- assumptions -->", "<!-- end of assumptions -->"]);
const table = openAssumptions(builtEmulator().defaultBehaviour(), SWITCH_CHOICES);
writeFileSync(file, betweenMarks(readFileSync(file, "utf8"), marks, `\n\n${table}\n\n`, { file, what: "table" }));
