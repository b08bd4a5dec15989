import type { Logger, Provider } from "../resource";

export interface LifetimeOptions {
  /** Undefined until an RPC needs the provider; until then, there is nothing to drain. */
  provider(): Pick<Provider, "drain"> | undefined;
  readonly log: Logger;
  /** Lets pending answers reach Terraform and removes the process's files. */
  close(): Promise<void>;
  exit(code: number): void;
  readonly limits: LifetimeLimits;
}

/** How long the process may outlive its purpose, in milliseconds. */
export interface LifetimeLimits {
  /** After Terraform's death, not counting time in which the machine sleeps or the process is stopped. */
  readonly orphaned: number;
  /** Without a call, after a SIGTERM or an uncaught error. */
  readonly idle: number;
}

type Reason = "shutdown" | "orphaned";

/** The interval at which the limit is counted down, in milliseconds. */
const TICK = 1_000;

/**
 * Decides when the process ends. Whatever the cause (Terraform's Shutdown or death, a SIGTERM, an uncaught error), it drains the
 * provider first. A hard limit ensures that no process stays behind.
 */
export class Lifetime {
  private calls = 0;
  private readonly draining = new Set<Promise<void>>();
  private isOrphaned = false;
  /** The process ends as soon as it is idle. */
  private leaving = false;
  private hasCrashed = false;
  private idle: NodeJS.Timeout | undefined;
  private exitCode: number | undefined;

  constructor(private readonly options: LifetimeOptions) {}

  /** Counts a call. Call the returned function when the call has ended. */
  callStarted(): () => void {
    this.calls++;
    clearTimeout(this.idle);
    return () => {
      this.calls--;
      if (this.leaving) this.exitWhenIdle();
    };
  }

  /** Handles Terraform's Shutdown. Resolves when it may be answered; the process ends right afterwards. */
  async shutdown(): Promise<void> {
    await this.drain("shutdown");
    setImmediate(() => void this.end(0));
  }

  /** Handles Terraform's death. */
  orphaned(): void {
    if (this.isOrphaned) return;
    this.isOrphaned = true;
    this.options.log.log("warn", "Terraform is gone; ending the operations that this run started");
    let left = this.options.limits.orphaned;
    const limit = setInterval(() => ((left -= TICK) <= 0 ? this.exitNow(1) : undefined), TICK);
    limit.unref();
    void this.drain("orphaned").then(() => this.end(0));
  }

  /** Handles a SIGTERM. Terraform gets the signal too and may still make calls, so only an idle process ends. */
  terminate(): void {
    this.leaving = true;
    this.exitWhenIdle();
  }

  /**
   * Handles an uncaught error. Running calls continue, because Terraform does not record a start without an answer. New calls are
   * accepted too, because the wait for an import follows its start. Once idle, the process ends, because its state cannot be trusted.
   */
  crashed(error: unknown): void {
    this.options.log.log("error", "uncaught error: the provider finishes its running calls, then exits", {
      error: error instanceof Error ? error.stack : String(error),
    });
    this.failed();
  }

  /** Ends the process with status 1 as soon as it is idle. */
  failed(): void {
    if (this.hasCrashed) return;
    this.hasCrashed = true;
    this.leaving = true;
    this.exitWhenIdle();
  }

  private exitWhenIdle(): void {
    clearTimeout(this.idle);
    if (this.calls > 0) return;
    this.idle = setTimeout(() => void this.drain("shutdown").then(() => this.end(this.hasCrashed ? 1 : 0)), this.options.limits.idle);
  }

  /** Never rejects, so that a provider that fails to drain does not keep the process alive. */
  private async drain(reason: Reason): Promise<void> {
    const drained = Promise.resolve()
      .then(() => this.options.provider()?.drain(reason))
      .catch((error: unknown) =>
        this.options.log.log("error", "draining failed", { reason, error: error instanceof Error ? error.stack : String(error) }),
      );
    this.draining.add(drained);
    await drained;
    this.draining.delete(drained);
  }

  /** Ends the process once nothing is draining. There may be two drains, because Terraform may die during its own Shutdown. */
  private async end(code: number): Promise<void> {
    while (this.draining.size) await Promise.all(this.draining);
    if (this.exitCode !== undefined) return;
    this.exitCode = code;
    await this.options.close();
    this.options.exit(code);
  }

  private exitNow(code: number): void {
    this.options.log.log("error", "the time limit after Terraform's death has passed; exiting although operations may still run");
    this.options.exit(code);
  }
}
