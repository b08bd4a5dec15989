import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pluginProcesses, pluginProcessesIn } from "../../../scripts/terraform/plugin-processes.cjs";

test("the processes of a provider are found by its name, and by the folder in which they run", async () => {
  const folder = mkdtempSync(join(tmpdir(), "processes-"));
  const inner = join(folder, "stack");
  mkdirSync(inner);
  const child = spawn(process.execPath, ["-e", "console.log(1); setInterval(() => {}, 1000)", "terraform-provider-unheardof"], {
    cwd: inner,
  });
  try {
    await once(child.stdout, "data");
    const [found, ...others] = pluginProcesses("unheardof");
    expect(others).toEqual([]);
    expect(found).toMatchObject({ pid: child.pid, parent: process.pid });
    expect(found!.memoryMiB).toBeGreaterThan(1);
    expect(pluginProcessesIn(folder, "unheardof").map(({ pid }) => pid)).toEqual([child.pid]);
    const elsewhere = mkdtempSync(`${folder}-`);
    expect(pluginProcessesIn(elsewhere, "unheardof")).toEqual([]);
    rmSync(elsewhere, { recursive: true });
  } finally {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
});
