import { setTimeout as pause } from "node:timers/promises";
import { EcsEmulator } from "../../lib/emulator";
import { availableCommands } from "../support/plugin/terraform";
import { until } from "../support/waiting/until";
import { CdktfProject } from "./cdktf-project";

function app(onInterrupt: string): string {
  return `new tasks.ImageImport(stack, "web", { onInterrupt: "${onInterrupt}", diskDeviceMapping: [{ ossBucket: "image-builds", ossObject: "web.raw" }] });`;
}

describe.each(availableCommands())("Ctrl-C on cdktf deploy with %s", (command) => {
  let emulator: EcsEmulator;
  let project: CdktfProject;

  beforeEach(async () => {
    emulator = new EcsEmulator({ taskDuration: "1h" });
    await emulator.start();
    project = new CdktfProject(emulator, command);
  });

  afterEach(async () => {
    project.remove();
    await emulator.stop();
  });

  /** Deploys, and interrupts once the completion waits for the running import. */
  async function interruptDeploy(): Promise<void> {
    const deploy = project.start("deploy", "stack", "--auto-approve");
    await until("the import to be watched", () => emulator.calls.some(({ action }) => /^Describe(Tasks|TaskAttribute)$/.test(action)));
    await pause(500);
    deploy.interrupt();
    // cdktf does not wait for Terraform; cdktn does (test/matrix/cdktn.test.ts).
    expect((await deploy.ended).code).toBe(1);
  }

  test("cancels the task and removes the image after the CLI has exited, and a later destroy succeeds", async () => {
    project.write(app("cancel"));
    await interruptDeploy();
    await until("the cancel", () => emulator.running.length === 0);
    await until("the image to go", () => emulator.images.length === 0);
    expect(emulator.calls.filter(({ action }) => action === "CancelTask")).not.toEqual([]);
    expect((await project.cdktf("destroy", "stack", "--auto-approve")).code).toBe(0);
  });

  test('lets the task run with on_interrupt = "detach", and a later destroy cancels it', async () => {
    project.write(app("detach"));
    await interruptDeploy();
    await pause(2000);
    expect(emulator.running).toHaveLength(1);
    const { code } = await project.cdktf("destroy", "stack", "--auto-approve");
    expect(code).toBe(0);
    expect([emulator.running, emulator.images]).toEqual([[], []]);
  });
});
