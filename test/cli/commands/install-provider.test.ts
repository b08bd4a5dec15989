import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInstallProviderCommand, installProviderCommand } from "../../../lib/cli/commands/install-provider";
import { CommandError } from "../../../lib/cli/errors";
import { testContext } from "../support/context";

const HELP = `Usage: imagetask install-provider [flags]

Installs the imagetask provider into a plugin folder, for all Unix platforms, and prints the
required_providers block to use. Use it for configurations in HCL; a CDKTF app doesn't need it,
because synth places the provider beside each stack.

Flags:
  --plugin-dir DIR   the folder (default ~/.terraform.d/plugins, which Terraform and OpenTofu search
                     by default)
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

  test("installs the provider into the user's plugin folder and prints the block to use", async () => {
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

     Terraform and OpenTofu search this folder by default: run "terraform init" (or "tofu init"). If your CLI
     configuration ever gets a provider_installation block (Terragrunt's provider cache writes one), add this to it:

       filesystem_mirror {
         path    = "/home/ada/.terraform.d/plugins"
         include = ["registry.terraform.io/alicloud-image-tasks/*"]
       }

     "terraform init" may warn that the lock file has checksums for this platform only. The provider's files are the same on
     all platforms, so these checksums are valid everywhere. To record them with "terraform providers lock", add -fs-mirror=/home/ada/.terraform.d/plugins"
    `);
  });

  test("prints how to make Terraform search the folder of --plugin-dir", async () => {
    const { text } = await command.run(["--plugin-dir", "/opt/plugins"], testContext());
    expect(installed).toEqual(["/opt/plugins"]);
    expect(text!.slice(text!.indexOf("Terraform does not"))).toMatchInlineSnapshot(`
     "Terraform does not search this folder by default. Run "terraform init -plugin-dir=/opt/plugins", which gets all
     providers from there, or add this to your CLI configuration (~/.terraformrc, ~/.tofurc):

       provider_installation {
         filesystem_mirror {
           path    = "/opt/plugins"
           include = ["registry.terraform.io/alicloud-image-tasks/*"]
         }
         direct {
           exclude = ["registry.terraform.io/alicloud-image-tasks/*"]
         }
       }

     "terraform init" may warn that the lock file has checksums for this platform only. The provider's files are the same on
     all platforms, so these checksums are valid everywhere. To record them with "terraform providers lock", add -fs-mirror=/opt/plugins"
    `);
  });

  test("prints what to add to a CLI configuration with a provider_installation block", async () => {
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

  test("on Windows says where to get the provider, and installs nothing", async () => {
    await expect(command.run([], testContext({ platform: "win32" }))).rejects.toThrow(
      new CommandError(
        "Terraform on Windows only starts providers that are .exe files, and this command installs none. Get the provider from a registry or a mirror (docs/distribution.md), or run this command on Linux or macOS, or in WSL.",
      ),
    );
    expect(installed).toEqual([]);
  });

  test("names the file that can't be written", async () => {
    await expect(failing("EACCES").run([], testContext())).rejects.toEqual(
      new CommandError("/x/y can't be written (EACCES). Fix its permissions, or choose another folder with --plugin-dir."),
    );
  });

  test("says that the disk is full", async () => {
    await expect(failing("ENOSPC").run([], testContext())).rejects.toEqual(
      new CommandError("/x/y can't be written (ENOSPC). The disk is full. Free some space, or choose another folder with --plugin-dir."),
    );
  });

  test("reports a package without a provider", async () => {
    await expect(failing("ProviderPackageMissing").run([], testContext())).rejects.toEqual(new CommandError("no"));
  });

  test("does not turn an unexpected error into a CommandError", async () => {
    await expect(failing(undefined).run([], testContext())).rejects.toMatchObject({ name: "Error", message: "no" });
  });
});
