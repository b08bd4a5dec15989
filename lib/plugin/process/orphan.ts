export interface HostWatch {
  /** How many clients are connected now. */
  connections(count: number): void;
  /** Nobody reads what this process writes. */
  pipeBroken(): void;
  stop(): void;
}

export interface HostWatchOptions {
  /** The id of the process that is this one's parent now. */
  parentId(): number;
  /** The id of the process that started that parent, where the parent is the launcher's shell and no Terraform itself. */
  readonly host?: number;
  /** @default - asks the system */
  readonly isAlive?: (pid: number) => boolean;
  /** Writes something to the parent, so that a broken pipe shows. */
  probe(): void;
  /** Called once, when the host is gone. */
  onGone(): void;
  /** Milliseconds between two looks at the parent. Default 250. */
  readonly interval?: number;
  /** Milliseconds that the host may take to connect; Terraform itself gives up after a minute. Default 90000. */
  readonly connectLimit?: number;
}

/**
 * Notices that the Terraform that started this process is gone. No signal or callback tells: a killed Terraform leaves
 * its plugins running: the launcher's shell as well, so a look four times a second asks whether Terraform is there, and whether
 * the parent is the one that it was.
 *
 * Two cases escape that look. Terraform may be gone before the first one: then nobody ever connects. And who started the launcher
 * may be a wrapper that lives on, or somebody whose end nobody has taken note of: then the connection closes and the pipes break, both.
 * (A closed connection alone means nothing; gRPC drops one that idles for half an hour.)
 */
export function watchHost({
  parentId,
  host,
  isAlive = isThere,
  probe,
  onGone,
  interval = 250,
  connectLimit = 90_000,
}: HostWatchOptions): HostWatch {
  const parent = parentId();
  let connected = 0;
  let done = false;
  const gone = (): void => {
    if (done) return;
    stop();
    onGone();
  };
  const look = (): void => {
    if (parentId() !== parent || (host !== undefined && !isAlive(host))) gone();
  };
  const looks = setInterval(look, interval).unref();
  const neverConnected = setTimeout(gone, connectLimit).unref();
  const stop = (): void => {
    done = true;
    clearInterval(looks);
    clearTimeout(neverConnected);
  };
  return {
    connections(count) {
      connected = count;
      clearTimeout(neverConnected);
      if (count > 0 || done) return;
      look();
      probe();
    },
    pipeBroken() {
      look();
      if (connected === 0) gone();
    },
    stop,
  };
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Not allowed to signal it: then it is there.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
