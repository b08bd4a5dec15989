// npm run notices: updates THIRD-PARTY-NOTICES.txt to what the built plugin bundles. A test fails if it is out of date.
import { copyFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { NOTICES } from "./build/notices.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
copyFileSync(join(root, "dist/plugin/package", NOTICES), join(root, NOTICES));
