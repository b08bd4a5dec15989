// npm run demo: the real cdktf against an ECS emulator on this machine. Needs Terraform or OpenTofu, no account.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findTerraform } from "./terraform/commands.cjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const terraform = findTerraform(process.env);
if (terraform === null) {
  console.error(
    "The demo needs Terraform 1.5 or later, or OpenTofu 1.8 or later, and found neither on PATH. Install one, or set TERRAFORM_BINARY_NAME to its path, then run the demo again.",
  );
  process.exit(1);
}

for (const script of ["setup.mjs", "build.mjs"]) {
  const { status } = spawnSync(process.execPath, [join(root, "scripts", script)], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

// Imported only now, because the scenes need dependencies that setup.mjs may just have installed.
const { runDemo } = await import("./demo/run.mjs");
process.exitCode = await runDemo({ root, terraform, env: process.env, stdout: process.stdout });
