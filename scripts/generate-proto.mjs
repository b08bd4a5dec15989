// npm run generate: generates lib/plugin/gen/*.ts from the .proto files beside them. Needs no network: the dependencies include everything.
import { spawnSync } from "node:child_process";
import { dirname, delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, "node_modules", ".bin");
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };

const buf = spawnSync(join(bin, "buf"), ["generate"], { cwd: root, env, stdio: "inherit" });
if (buf.error) console.error(`buf did not start: ${buf.error.message}. Run "npm ci" to install the dependencies, then try again.`);
process.exit(buf.status ?? 1);
