import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { cleanEnvironment } from "../../../scripts/terraform/clean-environment.cjs";
import { startCommand, type Run } from "../../../scripts/terraform/start-command.cjs";
import { COMMAND_PATIENCE } from "../../support/waiting/until";
import { cdktn } from "./cdks";
import { packed, type Cdk } from "./packages";

export type Language = "typescript" | "python";

/** The packed package that a project in the language depends on. */
export const packageFor = (language: Language, cdk: Cdk): string => packed(language === "python" ? "python" : "js", cdk);

/** An empty folder, in which commands run as a user types them. */
export class EmptyFolder {
  readonly path = mkdtempSync(join(tmpdir(), "init-"));
  private readonly env: NodeJS.ProcessEnv;
  private readonly pathVariable: string;

  constructor(cdk: Cdk) {
    const home = join(this.path, ".home");
    mkdirSync(home);
    this.pathVariable = cdk === "cdktn" ? `${cdktn().nodeFolder}${delimiter}${process.env["PATH"]}` : process.env["PATH"]!;
    this.env = cleanEnvironment({ HOME: home, PATH: this.pathVariable, CI: "1" });
  }

  /** Runs a line in a shell, without the user's settings. */
  run(line: string, folder = ".", env: NodeJS.ProcessEnv = {}): Promise<Run> {
    return this.start(line, folder, { ...this.env, ...env });
  }

  /** Runs a line that installs, with the settings that npm and pip on this machine need to find their registries. */
  install(line: string, folder = ".", env: NodeJS.ProcessEnv = {}): Promise<Run> {
    return this.start(line, folder, {
      ...process.env,
      PATH: this.pathVariable,
      npm_config_audit: "false",
      npm_config_fund: "false",
      ...env,
    });
  }

  /** Uses what another project of the same language and CDK has installed. */
  share(from: string, to: string): void {
    for (const name of ["node_modules", ".venv"])
      if (existsSync(join(this.path, from, name))) symlinkSync(join(this.path, from, name), join(this.path, to, name));
  }

  read(name: string): string {
    return readFileSync(join(this.path, name), "utf8");
  }

  /** Stops the project's emulator and removes everything. */
  remove(project: string): void {
    const running = join(this.path, project, ".emulator/running.json");
    if (existsSync(running)) {
      try {
        process.kill(JSON.parse(readFileSync(running, "utf8")).pid as number);
      } catch {
        // It has ended already.
      }
    }
    rmSync(this.path, { recursive: true, force: true });
  }

  private async start(line: string, folder: string, env: NodeJS.ProcessEnv): Promise<Run> {
    const run = await startCommand("bash", ["-c", line], { cwd: join(this.path, folder), env, patience: COMMAND_PATIENCE }).done;
    return { ...run, output: run.output.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, "") };
  }
}
