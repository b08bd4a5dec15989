import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { withBench, type Bench } from "../support/e2e/bench";
import { builtPlugin } from "../support/e2e/plugin";
import { importing, providerBlock } from "../support/e2e/hcl";
import { bundleTestPlugin, Workspace } from "../support/plugin/terraform";
import { exited } from "../support/e2e/terraform";

const plugin = bundleTestPlugin();

describe("the plugin's start", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "env-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** The line that the plugin prints, which Terraform takes for the handshake. */
  async function firstLine(env: NodeJS.ProcessEnv, command = [plugin], cwd = folder): Promise<string> {
    const child = spawn(command[0]!, command.slice(1), {
      cwd,
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        TMPDIR: folder,
        TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
        PLUGIN_PROTOCOL_VERSIONS: "6",
        ...env,
      },
    });
    const line = await Promise.race([once(child.stdout, "data").then(String), once(child.stdout, "end").then(() => "")]);
    try {
      process.kill(-child.pid!, "SIGKILL");
    } catch {
      // It has exited already.
    }
    return line;
  }
  const HANDSHAKE = /^1\|6\|unix\|\S+\|grpc\n$/;

  /** Puts a `node` with this script first on the search path. */
  function shim(script: string): string {
    writeFileSync(join(folder, "node"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return `${folder}:${process.env.PATH}`;
  }

  test.each([
    ["NODE_OPTIONS with --import", { NODE_OPTIONS: "--import data:text/javascript,console.log(1)" }],
    ["NODE_OPTIONS with a loader", { NODE_OPTIONS: "--experimental-loader ./nowhere.mjs" }],
    ["NODE_OPTIONS with a missing preload whose path has blanks", { NODE_OPTIONS: '--require "./no where/x.js" --max-old-space-size=200' }],
    ["another default module type", { NODE_OPTIONS: "--experimental-default-type=module" }],
    ["options that this Node does not know", { NODE_OPTIONS: "--no-such-option" }],
    ["all debugging variables", { DEBUG: "*", NODE_DEBUG: "*", NODE_DEBUG_NATIVE: "*", NODE_V8_COVERAGE: "/dev/null/x" }],
    ["NODE_CHANNEL_FD set to the handshake's descriptor", { NODE_CHANNEL_FD: "3", NODE_UNIQUE_ID: "1" }],
    ["strict shell options and a CDPATH", { SHELLOPTS: "errexit:nounset", CDPATH: "/", ENV: "/nowhere", BASH_ENV: "/nowhere" }],
    ["no HOME", { HOME: undefined }],
    ["an empty HOME", { HOME: "" }],
    ["a HOME that is a device", { HOME: "/dev/null" }],
    ["a very large environment", { HUGE: "x".repeat(120_000), HUGE_2: "y".repeat(120_000) }],
    ["a TMPDIR too long for a socket", { TMPDIR: `/tmp/${"long".repeat(40)}` }],
  ])("succeeds with %s", async (_, env) => {
    expect(await firstLine(env)).toMatch(HANDSHAKE);
  });

  test.each(["2>&-", "<&- 2>&-"])("succeeds with closed descriptors (%s)", async (closed) => {
    expect(await firstLine({}, ["sh", "-c", `exec "$0" ${closed}`, plugin])).toMatch(HANDSHAKE);
  });

  test("leaves nothing in the working directory if HOME is empty", async () => {
    const cwd = join(folder, "work");
    mkdirSync(cwd);
    await firstLine({ HOME: "" }, [plugin], cwd);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test("succeeds in a folder whose name has blanks, quotes and line breaks", async () => {
    const odd = join(folder, "a \"b\" $c\n'd'");
    symlinkSync(dirname(plugin), odd);
    expect(await firstLine({}, [join(odd, "plugin")])).toMatch(HANDSHAKE);
  });

  (process.getuid?.() === 0 ? test : test.skip)("succeeds without a HOME and an entry in passwd", async () => {
    chmodSync(folder, 0o777);
    chmodSync(dirname(plugin), 0o755);
    expect(await firstLine({ HOME: undefined }, ["setpriv", "--reuid", "12345", "--regid", "12345", "--clear-groups", plugin])).toMatch(
      HANDSHAKE,
    );
  });

  test.each([
    ["prints to stdout first", 'echo "Downloading node..."'],
    ["passes on only the first three descriptors", "exec 3>&-"],
  ])("succeeds with a version manager's node that %s", async (_, script) => {
    expect(await firstLine({ PATH: shim(`${script}\nexec ${process.execPath} "$@"`) })).toMatch(HANDSHAKE);
  });

  test.each([
    ["complains on stderr", 'echo "No version is set for command node" >&2; exit 126', "status 126: No version is set for command node"],
    ["complains on stdout, in several lines", "printf 'asdf: no version\\nSet one\\n'; exit 1", "status 1: asdf: no version Set one"],
    ["says nothing", "exit 3", "status 3"],
  ])("fails with one line about a node that %s", async (_, script, told) => {
    expect(await firstLine({ PATH: shim(script) })).toBe(
      `The plugintest provider needs Node.js 20.9 or later; the node on PATH (${folder}/node) ends with ${told}\n`,
    );
  });

  test("fails with a line that Terraform shows", () => {
    const workspace = new Workspace("terraform");
    try {
      workspace.install(plugin);
      workspace.write('resource "plugintest_thing" "a" { name = "a" }');
      const { output } = workspace.runWith({ PATH: shim('echo "No version is set for command node" >&2; exit 126') }, "plan");
      expect(output.replace(/\s*│?\s+/g, " ")).toContain("ends with status 126: No version is set for command node");
    } finally {
      workspace.remove();
    }
  });
});

const ROLE = `  assume_role {
    role_arn = "acs:ram::1000000000000001:role/importer"
  }
`;

test.each([
  ["by the launcher", (): string | undefined => undefined],
  // As a debugger or the user's own wrapper does.
  ["by node itself", (): string => `#!/bin/sh\nexec node -- "\${0%/*}/main.js" "$0"\n`],
])("no secret is in Terraform's log with all debugging on, if the plugin is started %s", (_, executable) =>
  withBench({ taskDuration: "1s", env: { DEBUG: "*", NODE_DEBUG: "*", TF_LOG: "trace", TF_LOG_PATH: "log" } }, async (bench: Bench) => {
    const { ecs, tf } = bench;
    const own = executable();
    if (own !== undefined) {
      const { version } = builtPlugin();
      const file = join(tf.pluginDirectory("alicloud-image-tasks", "imagetask", version), `terraform-provider-imagetask_v${version}`);
      rmSync(file);
      writeFileSync(file, own, { mode: 0o755 });
      rmSync(join(tf.folder, ".terraform.lock.hcl"), { force: true });
      await tf.init();
    }
    tf.write(providerBlock(ecs, ROLE) + importing());
    exited(await tf.apply());
    const log = readFileSync(join(tf.folder, "log"), "utf8");
    expect(log).toContain("imagetask");
    expect(log).not.toMatch(/AccessKeySecret|SecurityToken"|x-acs-security-token|authorization: /i);
  }),
);
