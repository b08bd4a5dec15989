const { spawnSync } = require("node:child_process");
const { realpathSync } = require("node:fs");
const { sep } = require("node:path");

module.exports = { pluginProcesses, pluginProcessesIn };

/**
 * @typedef {object} PluginProcess
 * @property {number} pid
 * @property {number} parent Its Terraform process.
 * @property {number} memoryMiB
 * @property {number} cpuSeconds
 */

/**
 * Returns the processes of a provider on this machine: for each plugin, the launcher (a shell) and Node.js.
 *
 * @param {string} [type] the provider's, as in `terraform-provider-TYPE`
 * @returns {PluginProcess[]}
 */
function pluginProcesses(type = "imagetask") {
  const { stdout } = spawnSync("ps", ["-axo", "pid=,ppid=,rss=,time=,args="], { encoding: "utf8" });
  const processes = (stdout ?? "").split("\n").flatMap((line) => {
    const [, pid, parent, rss, time, command] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (!command?.includes(`terraform-provider-${type}`)) return [];
    return [{ pid: Number(pid), parent: Number(parent), memoryMiB: Number(rss) / 1024, cpuSeconds: secondsOf(time) }];
  });
  const launchedBy = new Map(processes.map(({ pid, parent }) => [pid, parent]));
  return processes.map((process) => ({ ...process, parent: launchedBy.get(process.parent) ?? process.parent }));
}

/**
 * Returns only the processes that work in a folder or below it: other runs may have plugins at the same time.
 *
 * @param {string} folder
 * @param {string} [type]
 */
function pluginProcessesIn(folder, type) {
  const home = realpathSync(folder);
  return pluginProcesses(type).filter(({ pid }) => `${directoryOf(pid)}${sep}`.startsWith(`${home}${sep}`));
}

/**
 * @param {number} pid
 * @returns {string | undefined} undefined if the process has ended
 */
function directoryOf(pid) {
  if (process.platform !== "linux")
    return /^n(.*)$/m.exec(spawnSync("lsof", ["-a", "-d", "cwd", "-p", String(pid), "-Fn"], { encoding: "utf8" }).stdout ?? "")?.[1];
  try {
    return realpathSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/**
 * @param {string} time days-hours:minutes:seconds; larger units may be missing
 */
function secondsOf(time) {
  const [days, rest] = time.includes("-") ? time.split("-", 2) : ["0", time];
  const seconds = rest.split(":").reduce((total, part) => total * 60 + Number(part), 0);
  return Number(days) * 86_400 + seconds;
}
