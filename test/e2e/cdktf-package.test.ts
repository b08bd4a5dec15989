import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EcsEmulator } from "../../lib/emulator";
import { CdktfProject, ROOT } from "./cdktf-project";

/** Packs the build with `npm pack` and unpacks it as npm would install it, with only its peer dependencies beside it. */
function unpackPackage(folder: string): string {
  const name = execFileSync("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder], {
    cwd: ROOT,
    encoding: "utf8",
  }).trim();
  execFileSync("tar", ["-xzf", join(folder, name), "-C", folder]);
  mkdirSync(join(folder, "package/node_modules"));
  for (const peer of ["cdktf", "constructs"]) symlinkSync(join(ROOT, "node_modules", peer), join(folder, "package/node_modules", peer));
  return join(folder, "package");
}

describe("the packed package in an empty project", () => {
  const folder = mkdtempSync(join(tmpdir(), "cdktf-pack-"));
  let emulator: EcsEmulator;
  let project: CdktfProject;

  beforeAll(async () => {
    emulator = new EcsEmulator({ taskDuration: "1s" });
    await emulator.start();
    project = new CdktfProject(emulator, "terraform", unpackPackage(folder));
    project.write(`new tasks.ImageImport(stack, "web", { diskDeviceMapping: [{ ossBucket: "image-builds", ossObject: "web.raw" }] });`);
  });

  afterAll(async () => {
    project.remove();
    rmSync(folder, { recursive: true, force: true });
    await emulator.stop();
  });

  test("has types and the provider, and no sources or tests", () => {
    for (const file of ["dist/index.js", "dist/index.d.ts", "dist/emulator/index.js", "dist/plugin/manifest.json", "LICENSE"])
      expect([file, existsSync(join(folder, "package", file))]).toEqual([file, true]);
    for (const file of ["lib", "test", "scripts"]) expect([file, existsSync(join(folder, "package", file))]).toEqual([file, false]);
  });

  test("deploys and destroys", async () => {
    const deploy = await project.cdktf("deploy", "stack", "--auto-approve");
    expect(deploy.output).toContain("2 added, 0 changed, 0 destroyed");
    const destroy = await project.cdktf("destroy", "stack", "--auto-approve");
    expect(destroy.output).toContain("2 destroyed");
    expect([deploy.code, destroy.code]).toEqual([0, 0]);
  });
});
