import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const load = createRequire(import.meta.url);

/**
 * The emulator as it was built into dist/, which is there only after `npm run build`.
 *
 * @returns {typeof import("../lib/emulator/index.js")}
 */
export const builtEmulator = () => load(fileURLToPath(new URL("../dist/emulator/index.js", import.meta.url)));
