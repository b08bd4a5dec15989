// npm run docs:api: rewrites docs/api.md from jsii's description of the constructs.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { apiReference } from "./package/api-reference.mjs";
import { compile } from "./package/compile.mjs";
import { CDKTF } from "./package/flavours.mjs";
import { stage } from "./package/stage.mjs";
import { installTools } from "./package/tools.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = stage(root, CDKTF, installTools(root));
compile(folder);
writeFileSync(join(root, "docs/api.md"), apiReference(JSON.parse(readFileSync(join(folder, ".jsii"), "utf8"))));
