import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { credentials, status } from "@grpc/grpc-js";
import { createCertificate } from "../../lib/x509/certificate";
import { cleanEnvironment } from "../../scripts/terraform/clean-environment.cjs";
import { PluginClient } from "../support/plugin/grpc";
import { keptPromise } from "../support/waiting/kept-promise";
import { bundleTestPlugin } from "../support/plugin/terraform";
import { until } from "../support/waiting/until";

const plugin = bundleTestPlugin();
const terraform = createCertificate(new Date());
const NO_BYTES = Buffer.alloc(0);

/** Signals that end or stop a process by default. */
const DEADLY: readonly NodeJS.Signals[] = [
  ...(["SIGINT", "SIGHUP", "SIGTERM", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGVTALRM", "SIGPROF", "SIGXCPU"] as const),
  ...(["SIGIO", "SIGPWR", "SIGSTKFLT", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGPIPE", "SIGXFSZ"] as const),
];

describe("the plugin's process", () => {
  let temporary: string;
  const running: ChildProcess[] = [];
  beforeEach(() => (temporary = mkdtempSync(join(tmpdir(), "p-"))));
  afterEach(() => {
    for (const child of running.splice(0)) {
      for (const pid of childrenOf(child.pid!)) process.kill(pid, "SIGKILL");
      child.kill("SIGKILL");
    }
    rmSync(temporary, { recursive: true, force: true });
  });

  const environment = (): NodeJS.ProcessEnv =>
    cleanEnvironment({
      TMPDIR: temporary,
      TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
      PLUGIN_PROTOCOL_VERSIONS: "5,6",
      PLUGIN_CLIENT_CERT: terraform.certificate,
      TF_LOG: "trace",
    });

  /** Starts the plugin as Terraform does, and reads its handshake. */
  const start = async (command = [plugin], detached = false): Promise<{ child: ChildProcess; socket: string; certificate: string }> => {
    const child = spawn(command[0]!, command.slice(1), { env: environment(), stdio: ["ignore", "pipe", "pipe"], detached });
    running.push(child);
    const [line] = (await once(child.stdout!, "data")) as [Buffer];
    const [core, protocol, network, socket, kind, certificate] = line.toString().trim().split("|");
    expect([core, protocol, network, kind]).toEqual(["1", "6", "unix", "grpc"]);
    const lines = Buffer.from(certificate!, "base64")
      .toString("base64")
      .match(/.{1,64}/g)!;
    return { child, socket: socket!, certificate: ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n") };
  };

  const connect = (socket: string, trusted: string, identity?: { key: string; certificate: string }): PluginClient =>
    new PluginClient(
      socket,
      credentials.createSsl(
        Buffer.from(trusted),
        identity ? Buffer.from(identity.key) : null,
        identity ? Buffer.from(identity.certificate) : null,
      ),
    );

  const sockets = (): string[] => readdirSync(temporary);

  test("says what it is and exits with status 1 when it is started by hand", () => {
    const { status: code, stdout, stderr } = spawnSync(plugin, { encoding: "utf8", env: cleanEnvironment({ TMPDIR: temporary }) });
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^This is the plugintest provider/);
    expect(sockets()).toEqual([]);
  });

  test("says which protocol it needs if Terraform is too old", () => {
    const {
      status: code,
      stdout,
      stderr,
    } = spawnSync(plugin, { encoding: "utf8", env: { ...environment(), PLUGIN_PROTOCOL_VERSIONS: "5" } });
    expect(code).toBe(1);
    expect(stderr).toContain("the program that started it offers 5");
    // Terraform shows the first line of stdout to its user.
    expect(stdout).toBe(stderr);
  });

  test("serves only the Terraform that started it, and exits on Shutdown without leaving a file", async () => {
    const { child, socket, certificate } = await start();
    expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700);

    const stranger = connect(socket, certificate);
    await expect(stranger.call("getMetadata", {})).rejects.toMatchObject({ code: status.UNAVAILABLE });
    const known = connect(socket, certificate, terraform);
    expect((await known.call("getMetadata", {})).resources).toEqual([{ typeName: "plugintest_thing" }]);
    const exited = once(child, "exit");
    await known.raw("/plugin.GRPCController/Shutdown", NO_BYTES);

    expect(await exited).toEqual([0, null]);
    expect(sockets()).toEqual([]);
    known.close();
    stranger.close();
  });

  test("survives every signal to its process group, and broken pipes, while Terraform is connected", async () => {
    const { child, socket, certificate } = await start(undefined, true);
    const client = connect(socket, certificate, terraform);
    await client.call("getMetadata", {});
    const [node] = childrenOf(child.pid!);

    for (const signal of DEADLY.filter((name) => name in constants.signals)) {
      process.kill(-child.pid!, signal);
      await client.call("getMetadata", {});
    }
    expect(childrenOf(child.pid!)).toEqual([node]);
    // SIGUSR1 would open Node's inspector.
    if (process.platform === "linux") expect(listening(node!)).toEqual([]);
    child.stdout!.destroy();
    child.stderr!.destroy();
    // Each ConfigureProvider writes a line to the log.
    for (let i = 0; i < 3; i++) await client.call("configureProvider", { terraformVersion: "1.11.4", config: undefined });

    expect((await client.call("getMetadata", {})).dataSources).toHaveLength(1);
    expect(child.exitCode).toBeNull();
    client.close();
  });

  test("exits when the process that started it is killed, even if nothing had connected", async () => {
    // The shell stands for Terraform. `; true` keeps it from replacing itself with the plugin.
    const { child } = await start(["/bin/sh", "-c", `"${plugin}"; true`]);
    expect(sockets()).toHaveLength(1);
    const killed = Date.now();
    child.kill("SIGKILL");
    await until("the socket to go", () => sockets().length === 0);
    keptPromise("the end of the plugin", Date.now() - killed, 3_000);
  });
});

function childrenOf(pid: number): number[] {
  const processes = execFileSync("ps", ["-axo", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  return processes
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child]) => child!);
}

/** The TCP ports that a process listens on. */
function listening(pid: number): string[] {
  const own = readdirSync(`/proc/${pid}/fd`).map((fd) => /^socket:\[(\d+)\]$/.exec(linkTarget(`/proc/${pid}/fd/${fd}`))?.[1]);
  const sockets = readFileSync("/proc/net/tcp", "utf8").trim().split("\n").slice(1);
  return sockets
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === "0A" && own.includes(fields[9]))
    .map((fields) => fields[1]!);
}

function linkTarget(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}
