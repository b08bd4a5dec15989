import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { installOnce } from "./install-once";

const CDKTN_CLI = "0.24.0";
/** cdktn-cli needs Node.js 22.19 or later, and this project is also built with Node.js 20. npm has Node.js as a package. */
const NODE = "22.23.2";
const PYTHON_LIBRARIES = ["cdktf==0.21.0", "cdktn==0.24.0"];

/** The real cdktn CLI, with the Node.js that it needs. */
export function cdktn(): { readonly cli: readonly [string, string]; readonly nodeFolder: string } {
  const folder = installOnce(`cdktn-cli-${CDKTN_CLI}`, (made) => {
    writeFileSync(join(made, "package.json"), '{ "private": true }\n');
    const node = `node-${process.platform}-${process.arch}@${NODE}`;
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", `cdktn-cli@${CDKTN_CLI}`, node], {
      cwd: made,
      stdio: "pipe",
    });
  });
  const nodeFolder = join(folder, `node_modules/node-${process.platform}-${process.arch}/bin`);
  return { cli: [join(nodeFolder, "node"), join(folder, "node_modules/cdktn-cli/bin/cdktn")], nodeFolder };
}

/** A Python with cdktf and cdktn installed. */
export function pythonWithCdks(): string {
  const folder = installOnce("python-cdks", (made) => {
    execFileSync("python3", ["-m", "venv", made], { stdio: "pipe" });
    execFileSync(join(made, "bin/python"), ["-m", "pip", "install", "--quiet", ...PYTHON_LIBRARIES], { stdio: "pipe" });
  });
  return join(folder, "bin/python");
}
