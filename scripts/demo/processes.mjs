import { spawnSync } from "node:child_process";

/** The provider processes that run from the folder, with the process that started each: its Terraform. */
export function providersIn(dir) {
  const { stdout } = spawnSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" });
  return (stdout ?? "")
    .split("\n")
    .filter((line) => line.includes("terraform-provider-imagetask") && line.includes(dir))
    .map((line) => line.trim().split(/\s+/, 2).map(Number))
    .map(([pid, parent]) => ({ pid, parent }));
}

export function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
