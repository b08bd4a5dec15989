import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInstallProviderCommand, installProviderCommand } from "../../../lib/cli/commands/install-provider";
import { CommandError } from "../../../lib/cli/errors";
import { testContext } from "../support/context";

const HELP = `Usage: imagetask install-provider [flags]

Lays the imagetask provider into a plugin folder, for every Unix platform, and prints the
required_providers block that goes with it. For configurations in HCL; a CDKTF app needs no such
step, since synth lays the provider beside each stack.

Flags:
  --plugin-dir DIR   the folder (default ~/.terraform.d/plugins, where Terraform and OpenTofu look
                     by themselves)
  --help             show this text`;

const installed: string[] = [];
const command = createInstallProviderCommand(async (dir) => {
  installed.push(dir);
  return { version: "1.2.3", platforms: 14 };
});

const failing = (code: string | undefined) =>
  createInstallProviderCommand(async () => {
    throw Object.assign(new Error("no"), { code, path: "/x/y" });
  });

describe("imagetask install-provider", () => {
  beforeEach(() => installed.splice(0));

  test("has this help", () => {
    expect(installProviderCommand.help).toBe(HELP);
  });

  test("lays the provider into the user's plugin folder and prints what to write", async () => {
    const { exitCode, text } = await command.run([], testContext());
    expect(exitCode).toBe(0);
    expect(installed).toEqual(["/home/ada/.terraform.d/plugins"]);
    expect(text).toMatchInlineSnapshot(`
     "Installed imagetask 1.2.3 for 14 platforms in /home/ada/.terraform.d/plugins

     In your configuration:

       terraform {
         required_providers {
           imagetask = {
             source  = "registry.terraform.io/alicloud-image-tasks/imagetask"
             version = "1.2.3"
           }
         }
       }

     Terraform and OpenTofu look there by themselves: run "terraform init" (or "tofu init"). Should your CLI
     configuration ever have a provider_installation block (Terragrunt's provider cache writes one), add to it:

       filesystem_mirror {
         path    = "/home/ada/.terraform.d/plugins"
         include = ["registry.terraform.io/alicloud-image-tasks/*"]
       }

     "terraform init" may warn that the lock file holds checksums for this platform alone. The provider is the same on every
     platform, so they hold everywhere. To record them with "terraform providers lock", add -fs-mirror=/home/ada/.terraform.d/plugins"
    `);
  });

  test("says how Terraform gets to look into another folder", async () => {
    const { text } = await command.run(["--plugin-dir", "/opt/plugins"], testContext());
    expect(installed).toEqual(["/opt/plugins"]);
    expect(text!.slice(text!.indexOf("Terraform does not"))).toMatchInlineSnapshot(`
     "Terraform does not look there by itself. Run "terraform init -plugin-dir=/opt/plugins", which takes every provider
     from there, or add to your CLI configuration (~/.terraformrc, ~/.tofurc):

       provider_installation {
         filesystem_mirror {
           path    = "/opt/plugins"
           include = ["registry.terraform.io/alicloud-image-tasks/*"]
         }
         direct {
           exclude = ["registry.terraform.io/alicloud-image-tasks/*"]
         }
       }

     "terraform init" may warn that the lock file holds checksums for this platform alone. The provider is the same on every
     platform, so they hold everywhere. To record them with "terraform providers lock", add -fs-mirror=/opt/plugins"
    `);
  });

  test("says what to add where the CLI configuration names its own sources", async () => {
    const home = mkdtempSync(join(tmpdir(), "imagetask-cli-"));
    try {
      writeFileSync(join(home, ".terraformrc"), "provider_installation {\n  direct {}\n}\n");
      const { text } = await command.run([], testContext({ home }));
      expect(text).toContain(`${home}/.terraformrc has a provider_installation block`);
      expect(text).toContain(`path    = "${home}/.terraform.d/plugins"`);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });

  test("says that Windows is not supported yet, and lays nothing", async () => {
    await expect(command.run([], testContext({ platform: "win32" }))).rejects.toThrow(
      new CommandError(
        "Terraform on Windows starts providers as .exe files, and this one is none yet. Use it on Linux or macOS, or within WSL.",
      ),
    );
    expect(installed).toEqual([]);
  });

  test("names the file that cannot be written", async () => {
    await expect(failing("EACCES").run([], testContext())).rejects.toEqual(
      new CommandError("/x/y cannot be written (EACCES). Choose another folder with --plugin-dir, or mend its permissions."),
    );
  });

  test("passes on that the package holds no provider", async () => {
    await expect(failing("ProviderPackageMissing").run([], testContext())).rejects.toEqual(new CommandError("no"));
  });

  test("leaves an error of the program's own as it is", async () => {
    await expect(failing(undefined).run([], testContext())).rejects.not.toBeInstanceOf(CommandError);
  });
});
