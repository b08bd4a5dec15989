import { serveReattached } from "../support/plugin/reattach";
import { createTestProvider } from "../support/plugin/provider";
import { ADDRESS, availableCommands, Workspace } from "../support/plugin/terraform";

test.each(availableCommands())("%s uses a provider that runs in a test's own process", async (command) => {
  const provider = createTestProvider();
  const create = jest.spyOn(provider.resources.plugintest_thing!, "create");
  const { reattach, close } = await serveReattached(provider, { address: ADDRESS, name: "plugintest" });
  const workspace = new Workspace(command, { TF_REATTACH_PROVIDERS: reattach });
  try {
    workspace.write('resource "plugintest_thing" "a" { name = "a" }');
    // Not `run`, which would block this process: it has to answer Terraform.
    for (const args of [["init"], ["apply", "-auto-approve"], ["plan", "-detailed-exitcode"], ["destroy", "-auto-approve"]]) {
      const { code } = await workspace.start(...args).done;
      expect([args[0], code]).toEqual([args[0], 0]);
    }
    expect(create).toHaveBeenCalledTimes(1);
    expect(create.mock.calls[0]![0].planned.name).toBe("a");
    expect(workspace.journal().filter((line) => line.startsWith("delete"))).toEqual(["delete a kept"]);
  } finally {
    await close();
    workspace.remove();
  }
});
