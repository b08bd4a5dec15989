import type { Logger, Provider } from "../resource";

export interface LifetimeOptions {
  /** Undefined as long as no RPC has needed the provider: then there is nothing to settle. */
  provider(): Pick<Provider, "drain"> | undefined;
  readonly log: Logger;
  /** Lets answers get out and removes what the process leaves behind. */
  close(): Promise<void>;
  exit(code: number): void;
  readonly limits: LifetimeLimits;
}

/** How long the process may live on, in milliseconds. */
export interface LifetimeLimits {
  /** After Terraform has gone; time in which the machine sleeps, or the process is stopped, does not count. */
  readonly orphaned: number;
  /** Without any call, after a SIGTERM or an error that nothing caught. */
  readonly idle: number;
}

type Reason = "shutdown" | "orphaned";

/** What the limit is counted in, in milliseconds. */
const TICK = 1_000;

/**
 * Decides when the process ends. Whatever the cause (Terraform's Shutdown, Terraform's death, a SIGTERM, an error that
 * nothing caught), what the provider has begun is settled first, and a hard limit makes sure that no process is left over.
 */
export class Lifetime {
  private calls = 0;
  private readonly settling = new Set<Promise<void>>();
  private isOrphaned = false;
  /** The process ends as soon as it is idle. */
  private leaving = false;
  private hasCrashed = false;
  private idle: NodeJS.Timeout | undefined;
  private exitCode: number | undefined;

  constructor(private readonly options: LifetimeOptions) {}

  /** A call has begun; the function returned is to be called when it has ended. */
  callStarted(): () => void {
    this.calls++;
    clearTimeout(this.idle);
    return () => {
      this.calls--;
      if (this.leaving) this.exitWhenIdle();
    };
  }

  /** Terraform's Shutdown: resolves when it may be answered; the process ends right after. */
  async shutdown(): Promise<void> {
    await this.settle("shutdown");
    setImmediate(() => void this.end(0));
  }

  /** Terraform is gone. */
  orphaned(): void {
    if (this.isOrphaned) return;
    this.isOrphaned = true;
    this.options.log.log("warn", "Terraform is gone; settling what this run began");
    let left = this.options.limits.orphaned;
    const limit = setInterval(() => ((left -= TICK) <= 0 ? this.exitNow(1) : undefined), TICK);
    limit.unref();
    void this.settle("orphaned").then(() => this.end(0));
  }

  /** SIGTERM: Terraform may still have calls to make (it gets the signal too), so only an idle process goes. */
  terminate(): void {
    this.leaving = true;
    this.exitWhenIdle();
  }

  /**
   * An error that nothing caught. Calls go on, and so do those that follow from them, as the wait for an import follows its
   * start: a start that nobody answers is one that nobody ends. An idle process ends, as its state is not to be trusted.
   */
  crashed(error: unknown): void {
    this.options.log.log("error", "uncaught error; the plugin goes on with what it has begun, and exits when it is idle", {
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
    this.idle = setTimeout(() => void this.settle("shutdown").then(() => this.end(this.hasCrashed ? 1 : 0)), this.options.limits.idle);
  }

  /** A provider that fails to settle has logged why; that keeps no process alive. */
  private async settle(reason: Reason): Promise<void> {
    const settled = Promise.resolve()
      .then(() => this.options.provider()?.drain(reason))
      .catch((error: unknown) =>
        this.options.log.log("error", "settling failed", { reason, error: error instanceof Error ? error.stack : String(error) }),
      );
    this.settling.add(settled);
    await settled;
    this.settling.delete(settled);
  }

  /** Ends the process, once nothing else is settling: a shutdown may be overtaken by Terraform's death. */
  private async end(code: number): Promise<void> {
    while (this.settling.size) await Promise.all(this.settling);
    if (this.exitCode !== undefined) return;
    this.exitCode = code;
    await this.options.close();
    this.options.exit(code);
  }

  private exitNow(code: number): void {
    this.options.log.log("error", "the limit after Terraform's end has passed; exiting with work unsettled");
    this.options.exit(code);
  }
}
