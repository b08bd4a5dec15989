import { execFile, execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "./cdktf-project";
import { until } from "../support/waiting/until";

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "background-"));
const DIR = join(folder, ".emulator");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const imagetask = (...args: string[]) => run(process.execPath, [join(ROOT, "dist/bin/cli.js"), "emulator", ...args], { cwd: folder });
const running = (dir = ".emulator") =>
  JSON.parse(readFileSync(join(folder, dir, "running.json"), "utf8")) as { pid: number; endpoint: string };
/** The processes that keep their state in the folder. */
const emulatorsOf = (dir: string): string[] =>
  execFileSync("ps", ["-ww", "-eo", "args"], { encoding: "utf8" })
    .split("\n")
    .filter((args) => args.includes(`--state=${join(folder, dir, "state")}`));
const answers = (endpoint: string) =>
  fetch(`http://${endpoint}/_ready`).then(
    ({ ok }) => ok,
    () => false,
  );

test("imagetask emulator --background starts one emulator with a credentials file, which ends without calls; the next one has its images", async () => {
  const { stdout } = await imagetask("--background", ".emulator", "--stop-after", "5s", "--access-key-secret", "mine");
  const endpoint = stdout.trim();
  expect(await answers(endpoint)).toBe(true);
  const { pid } = running();
  await fetch(`http://${endpoint}/_admin/images`, { method: "POST", body: "{}", headers: { "content-type": "application/json" } });
  const again = await imagetask("--background=.emulator");
  expect([again.stdout.trim(), running()]).toEqual([endpoint, { pid, endpoint }]);
  const profile = join(DIR, "profile.json");
  expect(JSON.parse(readFileSync(profile, "utf8")).profiles).toMatchObject([{ name: "emulator", access_key_secret: "mine" }]);
  expect(statSync(profile).mode & 0o777).toBe(0o600);
  await until("the emulator to end by itself", async () => !(await answers(endpoint)));

  const next = await imagetask("--background", ".emulator", "--stop-after", "1s");
  const { images } = (await (await fetch(`http://${next.stdout.trim()}/_admin/images`)).json()) as { images: unknown[] };
  expect(images).toHaveLength(1);
  await until("the next one to end by itself", async () => !(await answers(next.stdout.trim())));
});

test("imagetask emulator --background starts one emulator, however many call it at the same time", async () => {
  const called = await Promise.all(Array.from({ length: 4 }, () => imagetask("--background", ".shared", "--stop-after", "2s")));

  const endpoints = new Set(called.map(({ stdout }) => stdout.trim()));
  expect([...endpoints]).toEqual([running(".shared").endpoint]);
  expect(emulatorsOf(".shared")).toHaveLength(1);
  await until("it to end by itself", async () => !(await answers([...endpoints][0]!)));
});

test("imagetask emulator --background starts it though a process that was starting it was killed", async () => {
  mkdirSync(join(folder, ".killed"));
  const { pid } = spawnSync(process.execPath, ["-e", "0"]);
  writeFileSync(join(folder, ".killed/start-7"), String(pid));

  const called = await Promise.all([1, 2].map(() => imagetask("--background", ".killed", "--stop-after", "2s")));

  expect(new Set(called.map(({ stdout }) => stdout.trim())).size).toBe(1);
  expect(emulatorsOf(".killed")).toHaveLength(1);
});

test("an emulator that cannot start in the background says why, and leaves no running.json", async () => {
  await expect(imagetask("--background", ".broken", "--task-duration", "2x")).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('imagetask: emulator: --task-duration is "2x".'),
  });
  expect(existsSync(join(folder, ".broken/running.json"))).toBe(false);
  await expect(imagetask("--background", ".broken", "--tls")).rejects.toMatchObject({ code: 2 });
});

test("a folder that cannot be used is named, with the reason", async () => {
  writeFileSync(join(folder, "file"), "");
  await expect(imagetask("--background", "file/emulator")).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^imagetask: emulator: --background: \S+\/file\/emulator can't be used: ENOTDIR: [^\n]*\n$/),
  });
});
