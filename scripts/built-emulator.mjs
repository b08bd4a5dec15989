import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const load = createRequire(import.meta.url);

/**
 * Loads the emulator from dist/, which exists only after `npm run build`.
 *
 * @returns {typeof import("../lib/emulator/index.js")}
 */
export const builtEmulator = () => load(fileURLToPath(new URL("../dist/emulator/index.js", import.meta.url)));
