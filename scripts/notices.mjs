// Brings THIRD-PARTY-NOTICES.txt up to date with what the built plugin bundles; a test fails where it is not.
import { copyFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { NOTICES } from "./build/notices.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
copyFileSync(join(root, "dist/plugin/package", NOTICES), join(root, NOTICES));
