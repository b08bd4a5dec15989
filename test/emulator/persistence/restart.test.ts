import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EcsEmulator, type EcsEmulatorOptions } from "../../../lib/emulator";
import { REGION, models, refusal, sdk } from "../support/sdk";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ecs-restart-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** An emulator with the machine's clock and the folder's state file. */
const emulator = (options: EcsEmulatorOptions = {}): EcsEmulator =>
  new EcsEmulator({ accessKeyId: "id", accessKeySecret: "secret", stateFile: join(folder, "state"), ...options });

const HOUR = 3_600_000;

test("a clock that was moved forward does not go back after a kill, even if nothing else has happened", () => {
  const first = emulator();
  first.advance(HOUR);
  expect(emulator().clock.now()).toBeGreaterThanOrEqual(first.clock.now() - 60_000);
});

test("a scaled clock does not go back after a stop, even if nothing has happened", async () => {
  const first = emulator({ timeScale: 1e9 });
  const reached = first.clock.now();
  await first.stop();
  expect(emulator({ timeScale: 1 }).clock.now()).toBeGreaterThanOrEqual(reached);
});

test("an image of the seed that a client has deleted stays deleted after a restart", async () => {
  const seed = { images: [{ id: "m-base", region: REGION }], snapshots: [{ id: "s-old", region: REGION }] };
  const first = emulator({ seed });
  await first.start();
  const client = sdk(first.endpoint);
  expect(await refusal(client.deleteSnapshot(new models.DeleteSnapshotRequest({ snapshotId: "s-old" })))).toBe("accepted");
  expect(await refusal(client.deleteImage(new models.DeleteImageRequest({ regionId: REGION, imageId: "m-base" })))).toBe("accepted");
  first.advance(1_000);
  await first.stop();
  const second = emulator({ seed });
  expect([second.images, second.snapshots.filter(({ id }) => id === "s-old")]).toEqual([[], []]);
});

test("a state file to which no run has written gets the seed of a later run", async () => {
  await emulator().stop();
  expect(emulator({ seed: { images: [{ name: "base" }] } }).images).toHaveLength(1);
});
