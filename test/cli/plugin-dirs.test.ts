import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileWithInstallationBlock, isImpliedDir, userPluginDir } from "../../lib/cli/plugin-dirs";

const machine = { env: {}, home: "/home/ada", platform: "linux" } as const;

describe("the folders that Terraform searches by default", () => {
  test.each([
    "/home/ada/.terraform.d/plugins",
    "/home/ada/.local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
    "/home/ada/x/../.terraform.d/plugins/",
  ])("include %s on Linux", (dir) => {
    expect(isImpliedDir(dir, machine)).toBe(true);
  });

  test("depend on XDG_DATA_HOME and XDG_DATA_DIRS", () => {
    const env = { XDG_DATA_HOME: "/data", XDG_DATA_DIRS: "/opt/a:/opt/b" };
    expect(
      ["/data/terraform/plugins", "/opt/b/terraform/plugins", "/usr/share/terraform/plugins"].map((dir) =>
        isImpliedDir(dir, { ...machine, env }),
      ),
    ).toEqual([true, true, false]);
  });

  test("are different ones on macOS", () => {
    const mac = { ...machine, platform: "darwin" } as const;
    expect(
      [userPluginDir(mac), "/home/ada/Library/Application Support/io.terraform/plugins", "/usr/share/terraform/plugins"].map((dir) =>
        isImpliedDir(dir, mac),
      ),
    ).toEqual([true, true, false]);
  });
});

describe("a CLI configuration with a provider_installation block", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "imagetask-cli-"));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  test.each([".terraformrc", ".tofurc"])("is found in ~/%s", (name) => {
    writeFileSync(join(home, name), 'plugin_cache_dir = "x"\nprovider_installation {\n  direct {}\n}\n');
    expect(fileWithInstallationBlock({ ...machine, home })).toBe(join(home, name));
  });

  test("is searched only in TF_CLI_CONFIG_FILE if that is set", () => {
    writeFileSync(join(home, ".terraformrc"), "provider_installation {\n}\n");
    writeFileSync(join(home, "other"), 'plugin_cache_dir = "x"\n');
    expect(fileWithInstallationBlock({ ...machine, home, env: { TF_CLI_CONFIG_FILE: join(home, "other") } })).toBeUndefined();
  });

  test("is not found if the file is missing or has it only in a comment", () => {
    expect(fileWithInstallationBlock({ ...machine, home })).toBeUndefined();
    writeFileSync(join(home, ".terraformrc"), "# provider_installation {\n");
    expect(fileWithInstallationBlock({ ...machine, home })).toBeUndefined();
  });
});
