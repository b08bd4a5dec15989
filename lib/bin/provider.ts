import { readFileSync } from "node:fs";
import { PROVIDER_TYPE } from "../contract/provider";
import { Context } from "../handler/context";
import type * as Sdk from "../handler/ecs/sdk";
import { SdkGateway } from "../handler/ecs/sdk-gateway";
import { planNote } from "../handler/plan-note";
import { createProvider } from "../handler/provider";
import { systemClock } from "../handler/task/clock";
import { TOKEN_DIRECTORY, writeTokenFile } from "../handler/token-file";
import { serve, type ServeOptions } from "../plugin/serve";

export interface RunOptions extends Pick<ServeOptions, "launched" | "beforeExit" | "exit"> {
  /** Called once, before the first call to ECS. */
  readonly loadSdk: () => Promise<typeof Sdk>;
}

const USAGE =
  'To use it, list it in required_providers and run "terraform init", or use the constructs of its npm package, which ' +
  `place it beside the stack. "${PROVIDER_TYPE} install-provider" installs it where Terraform looks for plugins.`;

/** Runs the provider under Terraform. This is the only place that assembles its parts. */
export function run({ loadSdk, ...launch }: RunOptions): void {
  let sdk: Promise<typeof Sdk> | undefined;
  void serve(
    (log) => {
      const write = (message: string, fields?: { readonly [key: string]: unknown }): void => log.log("info", message, fields);
      // Without a launch environment, the parent process is the best guess: it is the launcher's shell or Terraform itself.
      const terraform = launch.launched?.terraform ?? process.ppid;
      const note = planNote({ folder: process.env["TF_DATA_DIR"] || ".terraform", clock: systemClock, terraform });
      return createProvider({
        context: new Context(systemClock, Math.random, write, note),
        env: process.env,
        connect: (connection) =>
          new SdkGateway(
            connection,
            () => (sdk ??= loadSdk()),
            (message, fields) => log.log("debug", message, fields),
          ),
        readFile: (file) => readFileSync(file, "utf8"),
        writeTokenFile,
      });
    },
    { name: PROVIDER_TYPE, usage: USAGE, temporaryDirectories: [TOKEN_DIRECTORY], ...launch },
  );
}
