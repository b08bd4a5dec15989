import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROVIDER_TYPE } from "../contract/provider";
import { Context } from "../handler/context";
import { SdkGateway } from "../handler/ecs/sdk-gateway";
import { planNote } from "../handler/plan-note";
import { createProvider } from "../handler/provider";
import { systemClock } from "../handler/task/clock";
import { serve } from "../plugin/serve";

/** The provider that Terraform runs: everything is put together here, and nowhere else. */
void serve(
  (log) => {
    const write = (message: string, fields?: { readonly [key: string]: unknown }): void => log.log("info", message, fields);
    const note = planNote({ folder: process.env["TF_DATA_DIR"] || ".terraform", clock: systemClock, terraform: process.ppid });
    return createProvider({
      context: new Context(systemClock, Math.random, write, note),
      env: process.env,
      connect: (connection) =>
        new SdkGateway(
          connection,
          () => import("../handler/ecs/sdk"),
          (message, fields) => log.log("debug", message, fields),
        ),
      writeTokenFile,
    });
  },
  { name: PROVIDER_TYPE },
);

/** The SDK wants an OIDC token in a file: a private one, gone when the process is. */
function writeTokenFile(token: string): string {
  const folder = mkdtempSync(join(tmpdir(), "imagetask-oidc-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "token");
  writeFileSync(file, token, { mode: 0o600 });
  return file;
}
