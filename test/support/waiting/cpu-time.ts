/** Milliseconds of CPU that the work takes: the same on a busy machine as on one at rest. */
export function cpuTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
