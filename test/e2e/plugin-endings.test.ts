import { readdirSync } from "node:fs";
import { keptPromise } from "../support/waiting/kept-promise";
import { availableCommands, bundleTestPlugin, Workspace } from "../support/plugin/terraform";
import { until } from "../support/waiting/until";

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

  const sockets = (): string[] => readdirSync(workspace.temporary).filter((name) => name.startsWith("plugintest-"));

  test("learns of Ctrl-C only through StopProvider, and Terraform keeps the state that it returns", async () => {
    const apply = workspace.start("apply", "-auto-approve", "-input=false");
    await until("the create to begin", () => workspace.journal().includes("create a"));

    apply.signal("SIGINT", "group");
    await apply.done;

    expect(workspace.journal().slice(-3)).toEqual(["create a", "stop", "settled shutdown"]);
    expect(workspace.run("state", "list").output.trim()).toBe("plugintest_thing.a");
    expect(workspace.plugins()).toEqual([]);
    expect(sockets()).toEqual([]);
  });

  test.each(["SIGKILL", "SIGHUP", "SIGQUIT"] as const)("finishes its work and exits when Terraform dies of %s", async (signal) => {
    const apply = workspace.start("apply", "-auto-approve", "-input=false");
    await until("the create to begin", () => workspace.journal().includes("create a"));
    expect(workspace.plugins()).toHaveLength(2);
    expect(sockets()).toHaveLength(1);

    // A terminal that closes, or Ctrl-\, signals the whole process group, and kill -9 a single process.
    apply.signal(signal, signal === "SIGKILL" ? "process" : "group");
    await apply.done;
    const died = Date.now();
    await until("the plugin to settle", () => workspace.journal().includes("settled orphaned"));
    keptPromise("the draining after Terraform's death", Date.now() - died, 3_000);
    await until("the plugin to end", () => workspace.plugins().length === 0);
    expect(sockets()).toEqual([]);
  });
});
