import { cpSync, readFileSync, readdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { EcsEmulator } from "../../lib/emulator";
import { pluginDirectory } from "../../scripts/terraform/plugin-directory.cjs";
import { availableCommands } from "../support/plugin/terraform";
import { CdktfProject, ROOT } from "./cdktf-project";

/** Puts a provider that no registry has into the stack's folder: this one, under another name. */
function placeOther(project: CdktfProject, version: string): void {
  const folder = pluginDirectory(project.stackFolder, "registry.terraform.io/acme/other", version);
  cpSync(join(ROOT, "dist/plugin/package"), folder, { recursive: true });
  const binary = readdirSync(folder).find((name) => name.startsWith("terraform-provider-"));
  renameSync(join(folder, binary!), join(folder, `terraform-provider-other_v${version}`));
}

function app(constraint: string): string {
  return `
class Other extends cdktf.TerraformProvider {
  constructor() {
    super(stack, "other", {
      terraformResourceType: "other",
      terraformProviderSource: "registry.terraform.io/acme/other",
      terraformGeneratorMetadata: { providerName: "other", providerVersionConstraint: ${JSON.stringify(constraint)} },
    });
  }
}
new Other();
new tasks.ImageImport(stack, "web", { diskDeviceMapping: [{ ossBucket: "image-builds", ossObject: "web.raw" }] });`;
}

describe.each(availableCommands())("cdktf with %s and another provider in the stack", (command) => {
  let emulator: EcsEmulator;
  let project: CdktfProject;

  beforeAll(async () => {
    emulator = new EcsEmulator({ taskDuration: "1s" });
    await emulator.start();
    project = new CdktfProject(emulator, command);
    placeOther(project, "1.2.3");
    placeOther(project, "1.3.0");
  });

  afterAll(async () => {
    project.remove();
    await emulator.stop();
  });

  // Each deploy begins with the lock file of the one before, as in a project that is upgraded.
  test.each([
    ["1.2.3", "1.2.3"],
    ["> 1.0, < 1.3", "1.2.3"],
    ["~> 1.3", "1.3.0"],
  ])("deploys without a separate `terraform providers lock` for the constraint %j", async (constraint, version) => {
    project.write(app(constraint));
    const { code, output } = await project.cdktf("deploy", "stack", "--auto-approve");
    expect(output).toContain("Apply complete!");
    expect(code).toBe(0);
    const lock = readFileSync(join(project.stackFolder, ".terraform.lock.hcl"), "utf8");
    expect(/acme\/other" \{\s+version\s+= "([^"]*)"/.exec(lock)?.[1]).toBe(version);
  });

  test("destroys without any extra flag", async () => {
    const { code } = await project.cdktf("destroy", "stack", "--auto-approve");
    expect(code).toBe(0);
    expect(emulator.images).toEqual([]);
  });
});
