import { credentials } from "@grpc/grpc-js";
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { createCertificate } from "../../lib/x509/certificate";
import { PluginClient } from "../support/plugin/grpc";
import { until } from "../support/waiting/until";
import { builtVersion, release, temporaryFolder, unpackExecutable } from "./support/release";

/** Debian's 64-bit loader of Wine; the script `wine` also requires the 32-bit one. */
const WINE = "/usr/lib/wine/wine64";

/** Installs Wine in CI, but never on a developer's machine. */
function wine(): boolean {
  if (!existsSync(WINE) && process.env.CI && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    execFileSync("apt-get", ["update"], { stdio: "ignore" });
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", "wine64"], { stdio: "ignore" });
  }
  return existsSync(WINE);
}

const hasWine = process.platform === "linux" && process.arch === "x64" && wine();
if (!hasWine) console.warn(`Skipped: the executable for Windows is run under Wine, and there is no ${WINE} (Debian's package wine64).`);

(hasWine ? describe : describe.skip)("the executable for Windows, under Wine", () => {
  const folder = temporaryFolder();
  const terraform = createCertificate(new Date());
  let executable: string;
  let running: ChildProcess | undefined;

  beforeAll(() => {
    const out = join(folder, "release");
    release(out, "--only", "windows_amd64");
    executable = unpackExecutable(join(out, `terraform-provider-imagetask_${builtVersion()}_windows_amd64.zip`), folder);
    mkdirSync(join(folder, "wine"));
  });
  afterEach(() => void running?.kill("SIGKILL"));

  function start(env: NodeJS.ProcessEnv): { readonly output: () => string; readonly exited: Promise<number | null> } {
    const child = spawn(WINE, [executable], {
      // Debian's Wine identifies itself as Windows 7, which Node.js refuses.
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        WINEPREFIX: join(folder, "wine"),
        WINEDEBUG: "-all",
        NODE_SKIP_PLATFORM_CHECK: "1",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    running = child;
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (text += String(chunk)));
    return { output: () => text, exited: new Promise((resolve) => child.once("exit", resolve)) };
  }

  test("says what it is if it is started by hand", async () => {
    const { output, exited } = start({});
    expect(await exited).toBe(1);
    expect(output()).toContain("This is the imagetask provider");
  });

  test("serves only Terraform over TCP, and exits on Shutdown", async () => {
    const { output, exited } = start({
      TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
      PLUGIN_PROTOCOL_VERSIONS: "5,6",
      PLUGIN_CLIENT_CERT: terraform.certificate,
    });
    const handshake = /^1\|6\|tcp\|(127\.0\.0\.1:\d+)\|grpc\|([\w+/]+)$/m;
    await until("the handshake", () => handshake.test(output()));
    const [, address, certificate] = handshake.exec(output())!;
    const pem = `-----BEGIN CERTIFICATE-----\n${Buffer.from(certificate!, "base64")
      .toString("base64")
      .match(/.{1,64}/g)!
      .join("\n")}\n-----END CERTIFICATE-----\n`;
    const client = ({ key, certificate: own }: { key: string; certificate: string }): PluginClient =>
      new PluginClient(address!, credentials.createSsl(Buffer.from(pem), Buffer.from(key), Buffer.from(own)));

    const stranger = client(createCertificate(new Date()));
    await expect(stranger.call("getProviderSchema", {})).rejects.toThrow();
    stranger.close();
    const known = client(terraform);
    const { resourceSchemas } = await known.call("getProviderSchema", {});
    expect(Object.keys(resourceSchemas)).toContain("imagetask_import");
    await known.raw("/plugin.GRPCController/Shutdown", Buffer.alloc(0));
    known.close();

    expect(await exited).toBe(0);
  });
});
