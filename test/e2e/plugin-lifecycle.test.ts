import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { availableCommands, bundleTestPlugin, movesBetweenTypes, Workspace } from "../support/plugin/terraform";

const plugin = bundleTestPlugin();

describe.each(availableCommands())("the plugin under %s", (command) => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace(command);
    workspace.install(plugin);
  });
  afterEach(() => workspace.remove());

  const FULL = `
    resource "plugintest_thing" "a" {
      name    = "a"
      size    = 9007199254740993
      ratio   = 10.1
      enabled = true
      secret  = "hush"
      tags    = { "x.y" = "z", n = null }
      numbers = [1, 2.5, 0.1]
      disk { format = "qcow2" }
      disk {
        format = "raw"
        gib    = 5
      }
      timeouts { create = "5m" }
    }
    resource "plugintest_thing" "b" {
      name = plugintest_thing.a.summary
      tags = { of = plugintest_thing.a.id }
      dynamic "disk" {
        for_each = [plugintest_thing.a.id]
        content { format = disk.value }
      }
    }
    data "plugintest_double" "d" { number = 21 }
    output "double" { value = data.plugintest_double.d.result }`;

  test("applies values of every type, known and unknown, and the next plan is empty", () => {
    workspace.write(FULL);

    const apply = workspace.apply();

    expect(apply.output).toContain("2 added");
    expect(apply.output).toContain("double = 42");
    expect(apply.output).not.toContain("hush");
    expect(workspace.run("plan", "-detailed-exitcode").code).toBe(0);
  });

  test("updates in place, replaces if the plan says so, keeps private bytes, and destroys", () => {
    workspace.write('resource "plugintest_thing" "a" { name = "a" }');
    workspace.apply();
    workspace.write('resource "plugintest_thing" "a" {\n name = "a"\n size = 5\n}');
    expect(workspace.apply().output).toContain("1 changed");
    workspace.write('resource "plugintest_thing" "a" { name = "b" }');
    expect(workspace.apply().output).toContain("1 added, 0 changed, 1 destroyed");
    expect(workspace.run("destroy", "-auto-approve").output).toContain("1 destroyed");

    const changes = workspace.journal().filter((line) => /^(create|update|delete)/.test(line));
    expect(changes).toEqual(["create a", "update a", "delete a kept", "create b", "delete b kept"]);
  });

  test("imports a resource, and says so if there is nothing to import", () => {
    workspace.write('resource "plugintest_thing" "a" { name = "a" }');

    expect(workspace.run("import", "plugintest_thing.a", "none").output).toContain(
      'There is no plugintest_thing with the import id "none"',
    );
    expect(workspace.run("import", "plugintest_thing.a", "thing-a").code).toBe(0);
    expect(workspace.run("plan", "-detailed-exitcode").code).toBe(0);
  });

  (movesBetweenTypes(command) ? test : test.skip)("takes over a resource of another type by a moved block", () => {
    workspace.write('resource "terraform_data" "old" { input = "a" }');
    expect(workspace.apply().output).toContain("1 added");
    workspace.write('moved {\n from = terraform_data.old\n to = plugintest_thing.new\n}\nresource "plugintest_thing" "new" { name = "a" }');

    const apply = workspace.apply();

    expect(apply.output).toContain("0 added, 0 changed, 0 destroyed");
    expect(workspace.run("state", "list").output.trim()).toBe("plugintest_thing.new");
  });

  test("reads a state of an older schema with missing attributes, removed attributes and other primitive types", () => {
    workspace.write('resource "plugintest_thing" "a" {\n name = "a"\n size = 7\n}');
    workspace.apply();
    const file = join(workspace.folder, "terraform.tfstate");
    const state = JSON.parse(readFileSync(file, "utf8"));
    const [instance] = state.resources[0].instances;
    instance.schema_version = 0;
    const { id, name, summary } = instance.attributes;
    instance.attributes = { id, name, summary, size: "7", gone: { long: "ago" } };
    writeFileSync(file, JSON.stringify({ ...state, serial: state.serial + 1 }));

    expect(workspace.run("plan", "-detailed-exitcode").code).toBe(0);
  });

  test("shows the line of the wrong argument", () => {
    workspace.write('resource "plugintest_thing" "a" {\n  name = "a"\n  disk { format = "good" }\n  disk { format = "bad" }\n}');

    const { output, code } = workspace.run("validate");

    expect(code).toBe(1);
    expect(output).toContain('in resource "plugintest_thing" "a":');
    expect(output).toContain('disk { format = "bad" }');
  });

  test("keeps the state that comes with an error as tainted, and the next apply replaces it", () => {
    workspace.write('resource "plugintest_thing" "a" {\n name = "a"\n trouble = "fail"\n}');
    const apply = workspace.apply();
    expect(apply.code).toBe(1);
    expect(apply.output).toContain("The create failed");
    expect(workspace.run("plan").output).toContain("is tainted");
  });

  test.each([
    ["plan", "throw in plan", "the plan blew up"],
    ["create", "throw", "the create blew up"],
  ])("turns an exception in %s into an error without a stack", (_where, trouble, message) => {
    workspace.write(`resource "plugintest_thing" "a" {\n name = "a"\n trouble = "${trouble}"\n}`);

    const { output, code } = workspace.apply();

    expect(code).toBe(1);
    expect(output).toContain("Internal error in the plugintest provider");
    expect(output).toContain(message);
    expect(output).not.toMatch(/\n\s*│?\s+at .*:\d+:\d+/);
    expect(output).not.toContain("crash");
  });

  test("writes to Terraform's log at its own levels", () => {
    workspace.write('resource "plugintest_thing" "a" { name = "a" }');
    const { output } = workspace.run("plan");
    expect(output).not.toContain("configuring the provider");

    const logged = workspace.runWith({ TF_LOG: "DEBUG" }, "plan");

    expect(logged.output).toMatch(/\[DEBUG\] .*plugintest.*configuring the provider: .*terraform_version=/);
    expect(logged.output).not.toContain("the connection to Terraform was closed");
  });
});
