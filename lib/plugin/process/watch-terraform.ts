import { systemErrorOf } from "../../contract/thrown";

export interface TerraformWatch {
  /** Takes the number of clients that are connected now. */
  connections(count: number): void;
  /** Call it when nobody reads what this process writes. */
  pipeBroken(): void;
  stop(): void;
}

export interface TerraformWatchOptions {
  /** The id of this process's parent: Terraform, or the launcher's shell. */
  parentId(): number;
  /** Terraform's process id, if the parent is the launcher's shell. @default - the parent's */
  readonly terraform?: number;
  /** @default - asks the system */
  readonly isAlive?: (pid: number) => boolean;
  /** Writes something that Terraform reads, which fails if the pipe is broken. */
  probe(): void;
  /** Called once, when Terraform is gone. */
  onGone(): void;
  /** Milliseconds between two checks. Default 250. */
  readonly interval?: number;
  /** Milliseconds that Terraform may take to connect; Terraform itself gives up after a minute. Default 90000. */
  readonly connectLimit?: number;
}

/**
 * Notices that the Terraform that started this process is gone. No signal and no callback reports it: a killed Terraform
 * leaves its plugins and their launcher's shells running. So we check four times a second whether Terraform still exists and
 * whether our parent is still the same process. (On Windows, an orphaned process keeps its parent's id, so only the first check helps.)
 *
 * These checks miss two cases. Terraform may die before the first check; then nobody ever connects. And a wrapper that lives on, or a
 * process that stays as a zombie, may have started the launcher; then the connection closes and the pipe breaks. (A closed connection
 * alone means nothing: gRPC closes one that is idle for half an hour.)
 */
export function watchTerraform({
  parentId,
  terraform = parentId(),
  isAlive = exists,
  probe,
  onGone,
  interval = 250,
  connectLimit = 90_000,
}: TerraformWatchOptions): TerraformWatch {
  const parent = parentId();
  let connected = 0;
  let done = false;
  const gone = (): void => {
    if (done) return;
    stop();
    onGone();
  };
  const check = (): void => {
    if (parentId() !== parent || !isAlive(terraform)) gone();
  };
  const checks = setInterval(check, interval).unref();
  const neverConnected = setTimeout(gone, connectLimit).unref();
  const stop = (): void => {
    done = true;
    clearInterval(checks);
    clearTimeout(neverConnected);
  };
  return {
    connections(count) {
      connected = count;
      clearTimeout(neverConnected);
      if (count > 0 || done) return;
      check();
      probe();
    },
    pipeBroken() {
      check();
      if (connected === 0) gone();
    },
    stop,
  };
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process that we may not signal exists.
    return systemErrorOf(error).code === "EPERM";
  }
}
