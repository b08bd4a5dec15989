import type { Logger, Provider } from "../resource";

export interface LifetimeOptions {
  /** Undefined until an RPC has needed the provider: then there is nothing to drain. */
  provider(): Pick<Provider, "drain"> | undefined;
  readonly log: Logger;
  /** Lets pending answers reach Terraform and removes the process's files. */
  close(): Promise<void>;
  exit(code: number): void;
  readonly limits: LifetimeLimits;
}

/** How long the process may live on, in milliseconds. */
export interface LifetimeLimits {
  /** After Terraform's death. Time in which the machine sleeps or the process is stopped does not count. */
  readonly orphaned: number;
  /** Without a call, after a SIGTERM or an uncaught error. */
  readonly idle: number;
}

type Reason = "shutdown" | "orphaned";

/** The step in which the limit is counted, in milliseconds. */
const TICK = 1_000;

/**
 * Decides when the process ends. Whatever the cause (Terraform's Shutdown or death, a SIGTERM, an uncaught error), the
 * provider's work is drained first. A hard limit makes sure that no process stays behind.
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

  /** A call has begun. Call the returned function when it has ended. */
  callStarted(): () => void {
    this.calls++;
    clearTimeout(this.idle);
    return () => {
      this.calls--;
      if (this.leaving) this.exitWhenIdle();
    };
  }

  /** Terraform's Shutdown: resolves when it may be answered. The process ends right afterwards. */
  async shutdown(): Promise<void> {
    await this.drain("shutdown");
    setImmediate(() => void this.end(0));
  }

  /** Terraform is dead. */
  orphaned(): void {
    if (this.isOrphaned) return;
    this.isOrphaned = true;
    this.options.log.log("warn", "Terraform is gone; ending the operations that this run started");
    let left = this.options.limits.orphaned;
    const limit = setInterval(() => ((left -= TICK) <= 0 ? this.exitNow(1) : undefined), TICK);
    limit.unref();
    void this.drain("orphaned").then(() => this.end(0));
  }

  /** SIGTERM: Terraform gets the signal too and may still make calls, so only an idle process ends. */
  terminate(): void {
    this.leaving = true;
    this.exitWhenIdle();
  }

  /**
   * An uncaught error. Calls go on, and so do calls that follow them, as the wait for an import follows its start: Terraform
   * records no start that is left without an answer. Once idle, the process ends, because its state cannot be trusted.
   */
  crashed(error: unknown): void {
    this.options.log.log("error", "uncaught error: the provider finishes the calls under way, then exits", {
      error: error instanceof Error ? error.stack : String(error),
    });
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

  /** Never rejects: a provider that cannot drain keeps no process alive. */
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

  /** Ends the process once nothing drains any more: Terraform may die during its own Shutdown. */
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
