import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installProvider } from "../../lib/private/install-provider";
import { cleanEnvironment } from "../../scripts/terraform/clean-environment.cjs";
import { availableCommands } from "../support/plugin/terraform";
import { ROOT } from "./cdktf-project";

const outdir = mkdtempSync(join(tmpdir(), "cdktf-examples-"));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

/** Runs an app's command in the top folder, as `cdktf synth` does, and returns the stack it writes. */
function synthesise(command: string, stack: string): string {
  const { status, stderr } = spawnSync(command, {
    cwd: ROOT,
    shell: true,
    encoding: "utf8",
    env: cleanEnvironment({ CDKTF_OUTDIR: outdir }),
  });
  if (status !== 0) throw new Error(stderr);
  return readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8");
}

test("the app in cdktf.json, the pipeline example, synthesises", () => {
  const { app } = JSON.parse(readFileSync(join(ROOT, "cdktf.json"), "utf8"));
  const { resource } = JSON.parse(synthesise(app, "pipeline"));
  expect(Object.keys(resource).sort()).toEqual(["imagetask_completion", "imagetask_copy", "imagetask_export", "imagetask_import"]);
});

test("the commands in the README of examples/beside-alicloud synthesise it", () => {
  const readme = readFileSync(join(ROOT, "examples/beside-alicloud/README.md"), "utf8");
  const commands = readme.match(/^(npx esbuild|node \.tmp).*$/gm)!;
  const { resource, terraform } = JSON.parse(synthesise(commands.join(" && "), "beside-alicloud"));
  expect(Object.values(resource.alicloud_instance)).toEqual([
    expect.objectContaining({ image_id: expect.stringMatching(/^\$\{imagetask_completion\./) }),
  ]);
  expect(terraform.required_providers.alicloud.version).toBe("~> 1.252");
  expect(readFileSync(join(outdir, "stacks/beside-alicloud/.terraform.lock.hcl"), "utf8")).toContain("aliyun/alicloud");
});

test("the commands in the README of examples/reaper synthesise it, with the function's code beside the stack", () => {
  const readme = readFileSync(join(ROOT, "examples/reaper/README.md"), "utf8");
  const commands = readme.match(/^(npx esbuild|node \.tmp).*$/gm)!;
  const { resource } = JSON.parse(synthesise(commands.join(" && "), "reaper"));
  expect(Object.keys(resource)).toEqual(expect.arrayContaining(["alicloud_fcv3_function", "alicloud_fcv3_trigger", "alicloud_log_store"]));
  expect(readFileSync(join(outdir, "stacks/reaper/imagetask-reaper.zip")).subarray(0, 2).toString()).toBe("PK");
});

test.each(availableCommands())("the HCL example is valid for %s once the provider is installed", (command) => {
  const folder = join(outdir, command);
  cpSync(join(ROOT, "examples/hcl"), folder, { recursive: true });
  installProvider(join(folder, "terraform.d/plugins"));
  for (const args of [["init", "-input=false"], ["validate"], ["fmt", "-check"]]) {
    const { status, stdout, stderr } = spawnSync(command, [...args], {
      cwd: folder,
      encoding: "utf8",
      env: cleanEnvironment(),
    });
    if (status !== 0) throw new Error(`${args[0]}: ${stdout}${stderr}`);
  }
});
