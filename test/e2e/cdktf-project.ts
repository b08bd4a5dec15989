import { join } from "node:path";
import type { EcsEmulator } from "../../lib/emulator";
import type { Run } from "../../scripts/terraform/start-command.cjs";
import { CdkProject, ROOT } from "../support/e2e/cdk-project";

export { ROOT };

/** The real cdktf CLI. */
export const CDKTF: readonly [string, string] = [process.execPath, join(ROOT, "node_modules/cdktf-cli/bundle/bin/cdktf.js")];

/** A user's project in a temporary folder: `cdktf.json`, an app in JavaScript, and node_modules. */
export class CdktfProject extends CdkProject {
  /** @param command `terraform` or `tofu`, which cdktf runs */
  constructor(emulator: EcsEmulator, command: string, packageFolder = ROOT) {
    super(emulator, { cli: CDKTF, language: "typescript", app: "node main.js", command });
    this.link("cdktf-alicloud-image-tasks", packageFolder);
    for (const name of ["cdktf", "constructs"]) this.link(name, join(ROOT, "node_modules", name));
  }

  /** Writes the app: the body of a function that gets `app`, `stack` and the packages `cdktf` and `tasks`. */
  write(body: string): void {
    const head = `const cdktf = require("cdktf");\nconst tasks = require("cdktf-alicloud-image-tasks");\nconst app = new cdktf.App();\nconst stack = new cdktf.TerraformStack(app, "stack");\n`;
    this.writeFile("main.js", `${head}${body}\napp.synth();\n`);
  }

  cdktf(...args: string[]): Promise<Run> {
    return this.cdk(...args);
  }
}
