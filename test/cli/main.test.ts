import { runCli } from "../../lib/cli/main";
import { testContext } from "./support/context";

async function cli(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const context = testContext();
  const code = await runCli(args, { context, version: "1.2.3" });
  return { code, out: context.printed.join("\n"), err: context.complaints.join("\n") };
}

const HELP = `Usage: imagetask COMMAND [flags]

Commands:
  init              write a project with a stack, guard rails, tests and pipelines
  emulator          run an emulator of the ECS image and task API on this machine
  list              list the imports, exports and copies of an account
  watch             wait for imports, exports and copies to end
  cancel            cancel imports, exports and copies by id, stack or CI run
  reap              find abandoned imports and copies, and cancel them
  install-provider  install the provider where Terraform and OpenTofu find it

Flags:
  --help            show this text; after a command, show the command's help
  --version         show the version`;

describe("imagetask", () => {
  test.each([[["--help"]], [["-h"]], [["help"]]])("prints its help on %j", async (args) => {
    expect(await cli(...args)).toEqual({ code: 0, out: HELP, err: "" });
  });

  test("without arguments, prints its help to stderr and fails", async () => {
    expect(await cli()).toEqual({ code: 2, out: "", err: HELP });
  });

  test("prints its version", async () => {
    expect(await cli("--version")).toEqual({ code: 0, out: "imagetask 1.2.3", err: "" });
  });

  test.each([[["emulator", "--help"]], [["help", "emulator"]], [["emulator", "--port", "x", "-h"]]])(
    "prints the help of a command on %j",
    async (args) => {
      const { code, out } = await cli(...args);
      expect(code).toBe(0);
      expect(out).toMatch(/^Usage: imagetask emulator \[flags\]\n/);
    },
  );

  test.each([
    [
      ["emulater"],
      'imagetask: Unknown command "emulater". Did you mean emulator? Commands: init, emulator, list, watch, cancel, reap, install-provider. For details, run "imagetask --help".',
    ],
    [
      ["toString"],
      'imagetask: Unknown command "toString". Commands: init, emulator, list, watch, cancel, reap, install-provider. For details, run "imagetask --help".',
    ],
    [
      ["--versoin"],
      'imagetask: Unknown flag "--versoin". Did you mean --version? Commands: init, emulator, list, watch, cancel, reap, install-provider. For details, run "imagetask --help".',
    ],
    [
      ["install-provider", "--dir", "x"],
      'imagetask: install-provider: Unknown flag --dir. Flags: --plugin-dir. For help, run "imagetask install-provider --help".',
    ],
  ])("answers %j with one line and exit code 2", async (args, line) => {
    expect(await cli(...args)).toEqual({ code: 2, out: "", err: line });
  });

  test("exits with 1 if a command fails", async () => {
    expect(await cli("emulator", "--host", "0.0.0.0")).toEqual({
      code: 1,
      out: "",
      err: 'imagetask: emulator: The host "0.0.0.0" would let other machines reach the emulator. Use 127.0.0.1, ::1 or localhost, or allow it with --allow-remote.',
    });
  });
});
