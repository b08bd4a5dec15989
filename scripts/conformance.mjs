// `npm run conformance`: clients that were not written here against the emulator. The JavaScript SDK is part of `npm test`
// too; Python's brings the older signatures (RPC, HMAC-SHA1) and is installed into a virtual environment under .tmp/.
import { spawn, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { EcsEmulator } = createRequire(import.meta.url)(join(root, "dist/emulator"));
const results = [
  ["javascript", sync(process.execPath, ["node_modules/jest/bin/jest.js", "--selectProjects=unit", "--testPathPatterns=test/conformance"])],
];

if (spawnSync("python3", ["--version"]).status !== 0) {
  console.log("python: left out, there is no python3 on PATH");
} else {
  const folder = join(root, "test/conformance/python-v1");
  const venv = join(root, ".tmp/venv-v1");
  const python = join(venv, "bin/python");
  const ready =
    sync("python3", ["-m", "venv", venv]) && sync(python, ["-m", "pip", "install", "--quiet", "-r", join(folder, "requirements.txt")]);
  results.push(["python, first generation", ready && (await againstEmulator(python, [join(folder, "conformance.py")]))]);
}

for (const [name, passed] of results) console.log(`${name}: ${passed ? "passed" : "FAILED"}`);
process.exit(results.every(([, passed]) => passed) ? 0 : 1);

function sync(command, args) {
  return spawnSync(command, args, { cwd: root, stdio: "inherit" }).status === 0;
}

/** The emulator runs in this process, so the client has to run beside it. */
async function againstEmulator(command, args) {
  const ecs = new EcsEmulator({ taskDuration: "60s" });
  await ecs.start();
  try {
    const client = spawn(command, [...args, ecs.endpoint], { cwd: root, stdio: "inherit" });
    return (await new Promise((resolve) => client.once("exit", resolve))) === 0;
  } finally {
    await ecs.stop();
  }
}
