import { execFileSync, spawnSync } from "node:child_process";
import {
  appendFileSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EcsEmulator, ManualClock } from "../../../lib/emulator";
import { REGION, importRequest, models, refusal, sdk, startImport } from "../support/sdk";
import { callRpc } from "../support/signed";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ecs-state-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const START = Date.UTC(2026, 7, 1);

/** Runs against an emulator that is then killed: only what is in the state file by then survives. */
async function life(at: number, run: (ecs: EcsEmulator<ManualClock>) => Promise<void>): Promise<void> {
  const ecs = new EcsEmulator({
    accessKeyId: "id",
    accessKeySecret: "secret",
    clock: new ManualClock(at),
    stateFile: join(folder, "state"),
    behaviour: { task: { concurrentImports: 1, waiting: 0 } },
  });
  await ecs.start();
  const before = readFileSync(join(folder, "state"));
  try {
    await run(ecs);
  } finally {
    const written = readFileSync(join(folder, "state"));
    await ecs.stop();
    writeFileSync(join(folder, "state"), written);
    expect(written.length).toBeGreaterThanOrEqual(before.length);
  }
}

test("after a restart running and waiting tasks go on, and client tokens, sessions and exports are known", async () => {
  let first: { imageId: string; taskId: string };
  let session: { AccessKeyId: string; AccessKeySecret: string; SecurityToken: string };
  await life(START, async (ecs) => {
    const client = sdk(ecs.endpoint);
    first = await startImport(client, { clientToken: "once" });
    await startImport(client, { imageName: "second" });
    ecs.addImage({ id: "m-old", region: REGION });
    await client.exportImage(new models.ExportImageRequest({ regionId: REGION, imageId: "m-old", OSSBucket: "backups" }));
    const { text } = await callRpc(ecs.url, {
      action: "AssumeRole",
      version: "2015-04-01",
      format: "JSON",
      params: { RoleArn: "acs:ram::1000000000000001:role/ci", RoleSessionName: "me" },
    });
    session = (JSON.parse(text) as { Credentials: typeof session }).Credentials;
  });
  await life(START + 60_000, async (ecs) => {
    expect(ecs.tasks.map((task) => task.status)).toEqual(["Finished", "Processing", "Finished"]);
    const client = sdk(ecs.endpoint, { id: session.AccessKeyId, secret: session.AccessKeySecret, token: session.SecurityToken });
    expect(await startImport(client, { clientToken: "once" })).toEqual(first);
    expect(ecs.oss.exports.map((object) => object.key)).toEqual(["m-old_system.raw.tar.gz"]);
    await client.deleteImage(new models.DeleteImageRequest({ regionId: REGION, imageId: "m-old" }));
    ecs.advance(1_000);
    await client.describeTasks(new models.DescribeTasksRequest({ regionId: REGION }));
  });
  await life(START + 130_000, async (ecs) => {
    expect(ecs.images.map((image) => `${image.name} ${image.status}`)).toEqual(["web Available", "second Available"]);
    expect(ecs.stats).toEqual({ started: 3, running: 0, finished: 3, failed: 0, cancelled: 0 });
  });
});

test("after a restart snapshots are there with their tags, except deleted ones", async () => {
  let kept: string;
  await life(START, async (ecs) => {
    const client = sdk(ecs.endpoint);
    kept = ecs.addSnapshot({ region: REGION, tags: { team: "infra" } }).id;
    await client.deleteSnapshot(new models.DeleteSnapshotRequest({ snapshotId: ecs.addSnapshot({ region: REGION }).id }));
    await startImport(client);
    expect(ecs.snapshots).toHaveLength(3);
  });
  await life(START + 120_000, async (ecs) => {
    expect(ecs.snapshots.map(({ id, status }) => [id === kept, status])).toEqual([
      [true, "accomplished"],
      [false, "accomplished"],
    ]);
    expect(ecs.snapshots[0]!.tags).toEqual({ team: "infra" });
    await sdk(ecs.endpoint).describeTasks(new models.DescribeTasksRequest({ regionId: REGION }));
  });
});

test("a last line that a kill cut short is ignored", async () => {
  await life(START, async (ecs) => void (await startImport(sdk(ecs.endpoint))));
  appendFileSync(join(folder, "state"), '{"task":{"id":"t-cut');
  await life(START, async (ecs) => expect(ecs.tasks).toHaveLength(1));
});

test("only its owner can read the state file", async () => {
  await life(START, async () => {});
  expect(statSync(join(folder, "state")).mode & 0o777).toBe(0o600);
});

test.each([
  ["something else\n", "is not a state file"],
  ["\nletters, after an empty line\n", "is not a state file"],
  ['{"ecsEmulatorState":2}\n', "has format version 2"],
  ['{"ecsEmulatorState":1}\nbroken\n{"now":1}\n', "damaged at line 2"],
  ['{"ecsEmulatorState":1}\n{"castle":{"id":"c-1"}}\n', "damaged at line 2"],
  ['{"ecsEmulatorState":1}\nnull\n{"now":1}\n', "damaged at line 2"],
  ['{"ecsEmulatorState":1}\n{"image":{}}\n{"now":1}\n', "damaged at line 2"],
])("a file that is not a valid state file is an error, and stays as it is: %j", (text, message) => {
  const path = join(folder, "state");
  writeFileSync(path, text);
  expect(() => new EcsEmulator({ stateFile: path })).toThrow(message);
  expect(readFileSync(path, "utf8")).toBe(text);
});

test("an empty file is taken as a new state file", async () => {
  writeFileSync(join(folder, "state"), "");
  await life(START, async (ecs) => expect(ecs.images).toEqual([]));
});

test("if the state file cannot be written, the error has its path, the reason and what to do", () => {
  expect(() => new EcsEmulator({ stateFile: join(folder, "none", "state") })).toThrow(
    /state can't be written: ENOENT.*Its folder must exist/,
  );
});

test("a folder, a device or a pipe as state file is an error", () => {
  expect(() => new EcsEmulator({ stateFile: folder })).toThrow(`The state file ${folder} is a folder. Give the path of a file.`);
  expect(() => new EcsEmulator({ stateFile: "/dev/null" })).toThrow("is a device or a pipe");
});

test("other files in the folder are untouched, and no temporary file is left", async () => {
  writeFileSync(join(folder, "state.new"), "another's");
  await life(START, async () => {});
  expect(readdirSync(folder).sort()).toEqual(["state", "state.new"]);
  expect(readFileSync(join(folder, "state.new"), "utf8")).toBe("another's");
});

test.each([
  ["a file", true],
  ["nothing yet", false],
])("a symbolic link stays a link, and its target is written: %s", async (_, there) => {
  const target = join(folder, "elsewhere");
  if (there) writeFileSync(target, "");
  symlinkSync("middle", join(folder, "state"));
  symlinkSync("elsewhere", join(folder, "middle"));
  await life(START, async (ecs) => void (await startImport(sdk(ecs.endpoint))));
  expect(lstatSync(join(folder, "state")).isSymbolicLink()).toBe(true);
  expect(readFileSync(target, "utf8")).toContain('"task"');
  await life(START, async (ecs) => expect(ecs.tasks).toHaveLength(1));
});

test("symbolic links in a loop are an error", () => {
  symlinkSync("state", join(folder, "state"));
  expect(() => new EcsEmulator({ stateFile: join(folder, "state") })).toThrow("Its symbolic links form a loop");
});

test("a state file that somebody replaces while the emulator runs is not written to, and calls fail", async () => {
  const ecs = new EcsEmulator({ accessKeyId: "id", accessKeySecret: "secret", stateFile: join(folder, "state") });
  await ecs.start();
  rmSync(join(folder, "state"));
  writeFileSync(join(folder, "state"), "another's, and longer than what was there before\n");
  const answer = await refusal(startImport(sdk(ecs.endpoint)));
  const shown: unknown = await (await fetch(`${ecs.url}/_admin/state`)).json();
  expect(shown).toMatchObject({ problem: expect.stringContaining("the file was replaced") });
  await expect(ecs.stop()).rejects.toThrow("the file was replaced");
  expect(answer).toBe("500 InternalError");
  expect(readFileSync(join(folder, "state"), "utf8")).toBe("another's, and longer than what was there before\n");
});

const mounts = spawnSync("sh", ["-c", 'd=$(mktemp -d) && mount -t tmpfs tmpfs "$d" && umount "$d" && rmdir "$d"']).status === 0;
const onSmallDisk = mounts ? test : test.skip;

onSmallDisk(
  mounts ? "a full disk makes calls fail with the reason, and loses nothing" : "a full disk (skipped: no right to mount one)",
  async () => {
    const disk = join(folder, "disk");
    mkdirSync(disk);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]);
    let ecs: EcsEmulator | undefined;
    try {
      const options = { accessKeyId: "id", accessKeySecret: "secret", stateFile: join(disk, "state") };
      ecs = new EcsEmulator(options);
      await ecs.start();
      const client = sdk(ecs.endpoint);
      await startImport(client, { imageName: "first" });
      expect(() => writeFileSync(join(disk, "ballast"), "x".repeat(70_000))).toThrow("ENOSPC");
      // A few calls may still fit into the file's last block.
      const answers: string[] = [];
      while (answers.at(-1) !== "500 InternalError" && answers.length < 20)
        answers.push(await refusal(startImport(client, { imageName: `more-${answers.length}`, description: "d".repeat(250) })));
      expect(answers.at(-1)).toBe("500 InternalError");
      const message = await client
        .describeTasks(new models.DescribeTasksRequest({ regionId: REGION }))
        .catch((error: Error) => error.message);
      expect(message).toMatch(/The state file .*state can't be written: ENOSPC.*The disk is full\. Free some space/);
      const ready = await fetch(`${ecs.url}/_ready`);
      expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining("ENOSPC")]);

      rmSync(join(disk, "ballast"));
      await client.describeTasks(new models.DescribeTasksRequest({ regionId: REGION }));
      expect((await fetch(`${ecs.url}/_ready`)).status).toBe(200);
      const held = ecs.tasks.map(({ id }) => id);
      expect(held).toHaveLength(answers.length + 1);
      // A kill at this moment would leave a complete file.
      copyFileSync(join(disk, "state"), join(folder, "copy"));
      expect(new EcsEmulator({ stateFile: join(folder, "copy") }).tasks.map(({ id }) => id)).toEqual(held);
      await ecs.stop();
    } finally {
      await ecs?.stop().catch(() => undefined);
      execFileSync("umount", [disk]);
    }
  },
);

test("after a restart scaled time goes on from the time in the state file", async () => {
  const path = join(folder, "state");
  const future = Date.now() + 86_400_000;
  writeFileSync(path, `{"ecsEmulatorState":1}\n{"now":${future}}\n`);
  expect(new EcsEmulator({ stateFile: path, timeScale: 10 }).clock.now()).toBeGreaterThanOrEqual(future);
});

test("a refused call does not change the state file", async () => {
  await life(START, async (ecs) => {
    const client = sdk(ecs.endpoint);
    const before = readFileSync(join(folder, "state"), "utf8");
    await client.importImage(importRequest({ bootMode: "FLOPPY" })).catch(() => undefined);
    expect(readFileSync(join(folder, "state"), "utf8")).toBe(before);
  });
});
