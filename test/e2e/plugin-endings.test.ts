import { once } from "node:events";
import { readdirSync } from "node:fs";
import { availableCommands, bundleTestPlugin, eventually, Workspace } from "../support/plugin-terraform";

const plugin = bundleTestPlugin();
const WAITING = 'resource "plugintest_thing" "a" {\n name = "a"\n trouble = "wait"\n}';

describe.each(availableCommands())("the plugin's process under %s", (command) => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace(command);
    workspace.install(plugin);
    workspace.write(WAITING);
  });
  afterEach(() => workspace.remove());

  const sockets = (): string[] => readdirSync(workspace.temporary).filter((name) => name.startsWith("imagetask-"));

  it("hears of Ctrl-C through StopProvider alone, and Terraform keeps what it returns", async () => {
    const apply = workspace.start("apply", "-auto-approve", "-input=false");
    await eventually("the create runs", () => workspace.journal().includes("create a"));

    process.kill(-apply.pid!, "SIGINT");
    await once(apply, "exit");

    expect(workspace.journal().slice(-3)).toEqual(["create a", "stop", "settled shutdown"]);
    expect(workspace.run("state", "list").output.trim()).toBe("plugintest_thing.a");
    expect(workspace.plugins()).toEqual([]);
    expect(sockets()).toEqual([]);
  });

  it.each(["SIGKILL", "SIGHUP"] as const)("settles and goes when Terraform dies of %s", async (signal) => {
    const apply = workspace.start("apply", "-auto-approve", "-input=false");
    await eventually("the create runs", () => workspace.journal().includes("create a"));
    expect(workspace.plugins()).toHaveLength(1);
    expect(sockets()).toHaveLength(1);

    // A closing terminal signals the whole group; a kill -9 just the one process.
    process.kill(signal === "SIGHUP" ? -apply.pid! : apply.pid!, signal);
    const died = Date.now();
    await eventually("the plugin settled", () => workspace.journal().includes("settled orphaned"));
    expect(Date.now() - died).toBeLessThan(3_000);
    await eventually("no plugin is left", () => workspace.plugins().length === 0);
    expect(sockets()).toEqual([]);
  });
});
