import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { join } from "node:path";
import { EcsEmulator } from "../../lib/emulator";
import { cleanEnvironment } from "../../scripts/terraform/clean-environment.cjs";

const BIN = join(__dirname, "../../dist/bin/cli.js");
/** More lines than a pipe holds. */
const TASKS = 400;

describe("imagetask, when its output goes nowhere", () => {
  const ecs = new EcsEmulator({ behaviour: { task: { waiting: 0 } } });
  let env: NodeJS.ProcessEnv;
  beforeAll(async () => {
    await ecs.start();
    env = cleanEnvironment({ ECS_ENDPOINT: ecs.url, ALICLOUD_ACCESS_KEY: "emulator", ALICLOUD_SECRET_KEY: "emulator-secret" });
    for (let i = 0; i < TASKS; i++) importing(`image-${i}`, "cn-hangzhou");
  });
  afterAll(() => ecs.stop());

  function importing(name: string, region: string): void {
    const { id } = ecs.addImage({ region, status: "Creating", name, tags: { "imagetask:start_key": `shop/${name}` } });
    ecs.addTask({ region, action: "ImportImage", imageId: id });
  }

  type Target = "kept" | "closed" | "full";

  /** Closed: the reader goes after the first bytes, as `head -1` does, or at once. */
  async function run(args: readonly string[], to: { stdout?: Target; stderr?: Target }, reads: "something" | "nothing" = "something") {
    const stdio = (target: Target = "kept"): "pipe" | number => (target === "full" ? openSync("/dev/full", "w") : "pipe");
    const [stdout, stderr] = [stdio(to.stdout), stdio(to.stderr)];
    const child = spawn(process.execPath, [BIN, ...args], { env, stdio: ["ignore", stdout, stderr] });
    for (const file of [stdout, stderr]) if (file !== "pipe") closeSync(file);
    let kept = "";
    for (const [stream, target] of [
      [child.stdout, to.stdout ?? "kept"],
      [child.stderr, to.stderr ?? "kept"],
    ] as const) {
      if (target === "closed" && reads === "nothing") stream!.destroy();
      else if (target === "closed") stream!.once("data", () => stream!.destroy());
      else stream?.on("data", (chunk) => (kept += String(chunk)));
    }
    const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
    return { code, kept };
  }

  test.each([
    ["list", ["list", "--output", "jsonl"]],
    ["list --output json", ["list", "--output", "json"]],
    ["watch", ["watch"]],
  ])("%s ends quietly with 0 when the reader has enough", async (_, args) =>
    expect(await run(args, { stdout: "closed" })).toEqual({ code: 0, kept: "" }),
  );

  test("a reader that is gone before the first line changes nothing", async () => {
    expect(await run(["list"], { stdout: "closed" }, "nothing")).toEqual({ code: 0, kept: "" });
    expect(await run(["list"], { stdout: "closed", stderr: "closed" }, "nothing")).toEqual({ code: 0, kept: "" });
  });

  test("a mistake keeps its exit code, whoever reads stderr", async () => {
    expect(await run(["list", "--bad"], { stderr: "closed" }, "nothing")).toEqual({ code: 2, kept: "" });
    if (existsSync("/dev/full")) expect(await run(["list", "--bad"], { stderr: "full" })).toEqual({ code: 2, kept: "" });
  });

  // Only Linux has a device that is always full.
  (existsSync("/dev/full") ? test.each : test.skip.each)([
    ["list", ["list"]],
    ["list --output json", ["list", "--output", "json"]],
    ["--version", ["--version"]],
  ])("%s says on stderr that the disk is full, and exits with 1", async (_, args) =>
    expect(await run(args, { stdout: "full" })).toEqual({
      code: 1,
      kept: "imagetask: the output is incomplete: ENOSPC: no space left on device, write\n",
    }),
  );

  (existsSync("/dev/full") ? test : test.skip)(
    "reap on a full disk cancels all the same, and says what is not in the audit file",
    async () => {
      importing("last", "cn-beijing");
      const { code, kept } = await run(["reap", "--region", "cn-beijing", "--older-than", "0s", "--apply", "--audit", "/dev/full"], {});
      expect(code).toBe(4);
      expect(kept).toContain('imagetask: reap: --audit: ENOSPC: no space left on device, write. Not in the file: {"time":');
      expect(ecs.running.length).toBe(TASKS);
    },
  );
});
