import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ImageTaskReaper, type ImageTaskReaperProps } from "../../lib";
import { EcsEmulator } from "../../lib/emulator";
import { cleanEnvironment } from "../../scripts/terraform/clean-environment.cjs";
import { startCommand, type Run } from "../../scripts/terraform/start-command.cjs";
import { importRequest, models, sdk } from "../emulator/support/sdk";
import { callRpc } from "../emulator/support/signed";
import { unzip } from "../private/unzip";
import { aContext } from "../reaper/function-compute";
import { writeStack } from "../synth";

const ROLE = "acs:ram::1000000000000001:role/imagetask-reaper";
const HOUR = 3_600_000;
/** Loads the function from the archive and calls it with bytes and a context, as Function Compute does. */
const RUNTIME = `
const [event, context] = [Buffer.from(process.env.EVENT), JSON.parse(process.env.CONTEXT)];
require("./reaper/index.js").handler(event, context).then((answer) => console.log("answer: " + answer), (error) => { console.error(error.message); process.exitCode = 1; });`;

/** The function of a stack, and an emulator in which its role has only the rights of that stack's policy. */
class Deployed {
  private readonly code = mkdtempSync(join(tmpdir(), "function-"));
  private constructor(
    readonly ecs: EcsEmulator,
    private readonly payload: string,
  ) {}

  static async open(props: ImageTaskReaperProps): Promise<Deployed> {
    const stack = writeStack((scope) => new ImageTaskReaper(scope, "reaper", { logProject: "logs", ...props }));
    const { resource } = JSON.parse(readFileSync(join(stack, "cdk.tf.json"), "utf8"));
    const [policy] = Object.values(resource.alicloud_ram_policy) as { policy_document: string }[];
    const [trigger] = Object.values(resource.alicloud_fcv3_trigger) as { trigger_config: string }[];
    const ecs = new EcsEmulator({
      accessKeyId: "id",
      accessKeySecret: "secret",
      taskDuration: HOUR,
      // A Waiting task cannot be cancelled, so the reaper would call CancelTask twice.
      behaviour: { task: { waiting: 0 } },
      roles: [{ arn: ROLE, policies: [JSON.parse(policy!.policy_document)] }],
    });
    await ecs.start();
    const deployed = new Deployed(ecs, JSON.parse(trigger!.trigger_config).payload);
    for (const { name, contents } of unzip(readFileSync(join(stack, "imagetask-reaper.zip")))) {
      mkdirSync(dirname(join(deployed.code, name)), { recursive: true });
      writeFileSync(join(deployed.code, name), contents);
    }
    return deployed;
  }

  async startImport(startKey: string, expires: number): Promise<string> {
    const { body } = await sdk(this.ecs.endpoint).importImage(
      importRequest({ imageName: startKey.replace("/", "-"), tag: tagsOf(startKey, expires, models.ImportImageRequestTag) }),
    );
    return body!.imageId!;
  }

  async startCopy(startKey: string, expires: number): Promise<string> {
    const { id } = this.ecs.addImage({ region: "cn-hangzhou" });
    const request = { regionId: "cn-hangzhou", imageId: id, destinationRegionId: "cn-beijing", destinationImageName: "copy" };
    const { body } = await sdk(this.ecs.endpoint).copyImage(
      new models.CopyImageRequest({ ...request, tag: tagsOf(startKey, expires, models.CopyImageRequestTag) }),
    );
    return body!.imageId!;
  }

  /** Calls the function as its timer does. */
  async callByTimer(): Promise<Run> {
    const assumed = { action: "AssumeRole", version: "2015-04-01", format: "JSON", params: { RoleArn: ROLE, RoleSessionName: "fc" } };
    const { Credentials } = JSON.parse((await callRpc(this.ecs.url, assumed, "POST")).text);
    const context = aContext({
      accessKeyId: Credentials.AccessKeyId,
      accessKeySecret: Credentials.AccessKeySecret,
      securityToken: Credentials.SecurityToken,
    });
    const event = JSON.stringify({ triggerTime: "2026-11-27T05:49:00Z", triggerName: "timer", payload: this.payload });
    return startCommand(process.execPath, ["-e", RUNTIME], {
      cwd: this.code,
      env: cleanEnvironment({ ECS_ENDPOINT: this.ecs.url, EVENT: event, CONTEXT: JSON.stringify(context) }),
    }).closed();
  }

  async close(): Promise<void> {
    rmSync(this.code, { recursive: true, force: true });
    await this.ecs.stop();
  }
}

function tagsOf<Tag>(startKey: string, expires: number, Tag: new (tag: { key: string; value: string }) => Tag): Tag[] {
  const tags = { "imagetask:start_key": startKey, "imagetask:expires": new Date(Date.now() + expires).toISOString() };
  return Object.entries(tags).map(([key, value]) => new Tag({ key, value }));
}

let deployed: Deployed;
afterEach(() => deployed?.close());

const running = (): string[] => deployed.ecs.running.map(({ imageId }) => imageId);

test("the reaper's function ends overdue operations in all regions with only the rights of its policy, and logs them", async () => {
  deployed = await Deployed.open({ apply: true, knownStacks: ["kept"] });
  const overdue = await deployed.startImport("lost/web", -HOUR);
  const copy = await deployed.startCopy("lost/copy", -HOUR);
  const known = await deployed.startImport("kept/web", -HOUR);
  const inTime = await deployed.startImport("lost/db", HOUR);

  const run = await deployed.callByTimer();

  expect(run.output).toContain('"outcome":"success, or nothing to cancel"');
  expect(run.output).toMatch(new RegExp(`^\\{.*"deed":"end".*"imageId":"${overdue}".*"stack":"lost".*"outcome":"cancelled"`, "m"));
  expect(run.code).toBe(0);
  expect(running().sort()).toEqual([known, inTime].sort());
  const left = deployed.ecs.images.map(({ id }) => id);
  for (const id of [overdue, copy]) expect(left).not.toContain(id);
  expect(deployed.ecs.calls.filter(({ outcome }) => outcome.status !== 200)).toEqual([]);
});

test("without apply the reaper's function logs what it would end, and ends nothing", async () => {
  deployed = await Deployed.open({});
  const overdue = await deployed.startImport("lost/web", -HOUR);

  const run = await deployed.callByTimer();

  expect(run.output).toContain('"outcome":"operations found, none cancelled"');
  expect(run.output).toContain(overdue);
  expect(running()).toEqual([overdue]);
});

test("the reaper's function fails if a cancel is refused, logs that, and shows no secret", async () => {
  deployed = await Deployed.open({ apply: true });
  await deployed.startImport("lost/web", -HOUR);
  deployed.ecs.faults.add({ action: "CancelTask", error: { status: 403, code: "Forbidden.RAM", message: "User not authorized" } });

  const run = await deployed.callByTimer();

  expect(run.code).toBe(1);
  expect(run.output).toMatch(/imagetask reap exited with code [14]/);
  expect(run.output).not.toMatch(/SecurityToken|AccessKeySecret/);
});
