import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { EcsEmulator } from "../../lib/emulator";
import { CdktfProject, ROOT } from "../e2e/cdktf-project";
import { availableCommands } from "../support/plugin/terraform";
import { keptPromise } from "../support/waiting/kept-promise";
import { until } from "../support/waiting/until";
import { cancelStep } from "./support/runner";

const [command] = availableCommands();
/** The commands that npx finds. */
const COMMANDS = { cdktf: "node_modules/cdktf-cli/bundle/bin/cdktf.js", imagetask: "dist/bin/cli.js" };
const RUN = { IMAGETASK_RUN: "4711" };
/** Milliseconds after a cancelled job within which nothing runs any more. */
const PROMISED = 15_000;
const APP = `
for (const name of ["web", "db", "cache"])
  new tasks.ImageImport(stack, name, { diskDeviceMapping: [{ ossBucket: "image-builds", ossObject: name + ".raw" }] });
new tasks.ImageCopy(stack, "copy", { imageId: "SOURCE", sourceRegion: "cn-hangzhou", region: "cn-beijing" });`;

let emulator: EcsEmulator;
let project: CdktfProject;

beforeEach(async () => {
  emulator = new EcsEmulator({ taskDuration: "1h" });
  await emulator.start();
  project = new CdktfProject(emulator, command!);
  for (const [name, file] of Object.entries(COMMANDS)) {
    mkdirSync(join(project.folder, "node_modules/.bin"), { recursive: true });
    project.writeFile(`node_modules/.bin/${name}`, `#!/bin/sh\nexec node ${join(ROOT, file)} "$@"\n`);
    chmodSync(join(project.folder, "node_modules/.bin", name), 0o755);
  }
  project.write(APP.replace("SOURCE", emulator.addImage({ region: "cn-hangzhou" }).id));
});

afterEach(async () => {
  project.remove();
  await emulator.stop();
});

/** Runs a step until all of its operations run, and cancels the job. */
async function cancelJob(script: string): Promise<void> {
  const step = project.step(script, RUN);
  await until("all operations to run", () => emulator.running.length === 4);
  await cancelStep(step);
}

/** Waits until nothing runs, for the rest of the promised time. */
async function allOver(since: number): Promise<void> {
  await until("the end of everything", () => emulator.running.length === 0);
  keptPromise("the end of everything after a cancelled job", Date.now() - since, PROMISED);
}

test("after a cancelled job with npx cdktf deploy, its last step `imagetask cancel --run` ends everything within 15 s", async () => {
  await cancelJob("npx --no-install cdktf deploy stack --auto-approve\n");
  const cancelled = Date.now();
  const last = project.step("npx --no-install imagetask cancel --run $IMAGETASK_RUN --yes\n", RUN);
  await allOver(cancelled);
  const { code, output } = await last.done;
  expect([code, output]).toEqual([0, expect.any(String)]);
  expect(emulator.images.map(({ status }) => status)).toEqual(["Available"]);
});

test("a cancelled job whose step runs Terraform with exec ends everything within 15 s without a last step", async () => {
  expect((await project.cdktf("synth")).code).toBe(0);
  expect((await project.terraform("init", "-input=false")).code).toBe(0);
  await cancelJob(`cd ${project.stackFolder}\nexec ${command} apply -auto-approve -input=false\n`);
  await allOver(Date.now());
});
