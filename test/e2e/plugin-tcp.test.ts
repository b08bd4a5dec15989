import { readdirSync } from "node:fs";
import { availableCommands, bundleTestPlugin, Workspace } from "../support/plugin/terraform";
import { keptPromise } from "../support/waiting/kept-promise";
import { until } from "../support/waiting/until";

const plugin = bundleTestPlugin();

describe.each(availableCommands())("the plugin under %s over TCP, as on Windows", (command) => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace(command, { PLUGINTEST_TRANSPORT: "tcp" });
    workspace.install(plugin);
  });
  afterEach(() => workspace.remove());

  test("applies, plans no changes and destroys, without a socket file", () => {
    workspace.write('resource "plugintest_thing" "a" { name = "a" }');

    expect(workspace.apply().output).toContain("1 added");

    expect(workspace.run("plan", "-detailed-exitcode").code).toBe(0);
    expect(workspace.run("destroy", "-auto-approve").output).toContain("1 destroyed");
    expect(readdirSync(workspace.temporary).filter((name) => name.startsWith("plugintest-"))).toEqual([]);
  });

  test("finishes its work and exits if Terraform is killed during a create", async () => {
    workspace.write('resource "plugintest_thing" "a" {\n name = "a"\n trouble = "wait"\n}');
    const apply = workspace.start("apply", "-auto-approve", "-input=false");
    await until("the create to begin", () => workspace.journal().includes("create a"));

    const killed = Date.now();
    apply.signal("SIGKILL", "process");
    await until("the plugin to settle", () => workspace.journal().includes("settled orphaned"));
    keptPromise("the notice of Terraform's death", Date.now() - killed, 1_000);

    await until("the plugin to end", () => workspace.plugins().length === 0);
  });

  test("stops a create on Ctrl-C", async () => {
    workspace.write('resource "plugintest_thing" "a" {\n name = "a"\n trouble = "wait"\n}');
    const apply = workspace.start("apply", "-auto-approve", "-input=false");
    await until("the create to begin", () => workspace.journal().includes("create a"));

    apply.signal("SIGINT", "group");

    expect((await apply.done).output).toContain("The create was stopped");
    expect(workspace.journal()).toContain("stop");
    await until("the plugin to end", () => workspace.plugins().length === 0);
  });
});
