import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
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
const running = () => JSON.parse(readFileSync(join(DIR, "running.json"), "utf8")) as { pid: number; endpoint: string };
const answers = (endpoint: string) =>
  fetch(`http://${endpoint}/_ready`).then(
    ({ ok }) => ok,
    () => false,
  );

test("imagetask emulator --background starts it once, keeps a credentials file, and it ends when nobody calls", async () => {
  const { stdout } = await imagetask("--background", ".emulator", "--stop-after", "5s", "--access-key-secret", "mine");
  const endpoint = stdout.trim();
  expect(await answers(endpoint)).toBe(true);
  const { pid } = running();
  const again = await imagetask("--background=.emulator");
  expect([again.stdout.trim(), running()]).toEqual([endpoint, { pid, endpoint }]);
  const profile = join(DIR, "profile.json");
  expect(JSON.parse(readFileSync(profile, "utf8")).profiles).toMatchObject([{ name: "emulator", access_key_secret: "mine" }]);
  expect(statSync(profile).mode & 0o777).toBe(0o600);
  await until("the emulator to end by itself", async () => !(await answers(endpoint)));

  // The next one keeps the state, wherever it listens.
  const next = await imagetask("--background", ".emulator", "--stop-after", "1s");
  expect(await answers(next.stdout.trim())).toBe(true);
  await until("the next one to end by itself", async () => !(await answers(next.stdout.trim())));
});

test("an emulator that does not start in the background says why, and leaves nothing that looks like a running one", async () => {
  await expect(imagetask("--background", ".broken", "--task-duration", "2x")).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('imagetask: emulator: --task-duration is "2x".'),
  });
  expect(existsSync(join(folder, ".broken/running.json"))).toBe(false);
  await expect(imagetask("--background", ".broken", "--tls")).rejects.toMatchObject({ code: 2 });
});
