import { readFileSync } from "node:fs";
import { Context } from "../handler/context";
import type * as Sdk from "../handler/ecs/sdk";
import { SdkGateway } from "../handler/ecs/sdk-gateway";
import { planNote } from "../handler/plan-note";
import { createProvider } from "../handler/provider";
import { systemClock } from "../handler/task/clock";
import { writeTokenFile } from "../handler/token-file";
import { createService, type Service, type ServiceHost } from "../plugin/service";

export interface ProviderServiceOptions {
  readonly host: ServiceHost;
  /** Terraform's process id. */
  readonly terraform: number;
  /** Called once, before the first call to ECS. */
  readonly loadSdk: () => Promise<typeof Sdk>;
}

/** The provider that Terraform runs. Its parts are put together here and nowhere else. */
export function providerService({ host, terraform, loadSdk }: ProviderServiceOptions): Service {
  let sdk: Promise<typeof Sdk> | undefined;
  return createService((log) => {
    const write = (message: string, fields?: { readonly [key: string]: unknown }): void => log.log("info", message, fields);
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
  }, host);
}
