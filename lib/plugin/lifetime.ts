import type { Logger, Provider } from "./resource";

export interface LifetimeOptions {
  /** Undefined as long as no RPC has needed the provider: then there is nothing to settle. */
  provider(): Pick<Provider, "settled"> | undefined;
  readonly log: Logger;
  /** Lets answers get out and removes what the process leaves behind. */
  close(): Promise<void>;
  exit(code: number): void;
  readonly limits: LifetimeLimits;
}

/** How long the process may live on, in milliseconds. */
export interface LifetimeLimits {
  /** After Terraform has gone. */
  readonly orphaned: number;
  /** Without any call, after SIGTERM. */
  readonly idleAfterTerm: number;
}

type Reason = "shutdown" | "orphaned";

/**
 * Decides when the process ends. Whatever the cause (Terraform's Shutdown, Terraform's death, a SIGTERM, an error that
 * nothing caught), what the provider has begun is settled first, and a hard limit makes sure that no process is left over.
 */
export class Lifetime {
  private calls = 0;
  private readonly settling = new Set<Promise<void>>();
  private isOrphaned = false;
  private terminating = false;
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
      if (this.terminating) this.exitWhenIdle();
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
    const limit = setTimeout(() => this.exitNow(1), this.options.limits.orphaned);
    limit.unref();
    void this.settle("orphaned").then(() => this.end(0));
  }

  /** SIGTERM: Terraform may still have calls to make (it gets the signal too), so only an idle process goes. */
  terminate(): void {
    this.terminating = true;
    this.exitWhenIdle();
  }

  /** An error that nothing caught. Work under way goes on; then the process ends, as its state is not to be trusted. */
  crashed(error: unknown): void {
    this.options.log.log("error", "uncaught error; the plugin settles and exits", {
      error: error instanceof Error ? error.stack : String(error),
    });
    if (this.hasCrashed) return;
    this.hasCrashed = true;
    void this.settle("shutdown").then(() => this.end(1));
  }

  private exitWhenIdle(): void {
    clearTimeout(this.idle);
    if (this.calls > 0) return;
    this.idle = setTimeout(() => void this.settle("shutdown").then(() => this.end(0)), this.options.limits.idleAfterTerm);
  }

  /** A provider that fails to settle has logged why; that keeps no process alive. */
  private async settle(reason: Reason): Promise<void> {
    const settled = Promise.resolve()
      .then(() => this.options.provider()?.settled(reason))
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
