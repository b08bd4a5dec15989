import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startInBackground } from "../../../lib/cli/emulator/background";
import { until } from "../../support/waiting/until";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "background-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("an emulator that does not start in time is stopped, so that it does not run on beside the next one", async () => {
  const script = join(folder, "silent.js");
  const pidFile = join(folder, "pid");
  writeFileSync(script, `require("fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => {}, 1000);`);
  const key = { id: "key", secret: "secret", region: "cn-hangzhou" };

  const start = startInBackground({ folder: join(folder, "emulator"), args: [], key, script, startLimit: 3_000 });
  await expect(start).rejects.toThrow(/^The emulator has not started within 3 seconds and is stopped\. Read its log .*emulator\.log\.$/);

  expect(existsSync(pidFile)).toBe(true);
  const pid = Number(readFileSync(pidFile, "utf8"));
  await until("the end of the emulator", () => !isAlive(pid));
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
