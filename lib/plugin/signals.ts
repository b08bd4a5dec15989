/** The part of `process` that signals and broken pipes arrive at. */
export interface SignalSource {
  on(event: string, listener: (...args: unknown[]) => void): unknown;
  readonly stdout: { on(event: "error", listener: (error: Error) => void): unknown };
  readonly stderr: { on(event: "error", listener: (error: Error) => void): unknown };
}

export interface SignalHandlers {
  terminate(): void;
  crashed(error: unknown): void;
  /** Nobody reads our output any more. */
  pipeBroken(): void;
}

/**
 * Keeps signals and broken pipes from ending the process. Ctrl-C and a closing terminal reach the whole process group,
 * so also the plugin; Terraform then asks its plugins to stop, and that request is the one to act on.
 */
export function handleSignals(source: SignalSource, { terminate, crashed, pipeBroken }: SignalHandlers): void {
  source.on("SIGINT", ignore);
  source.on("SIGHUP", ignore);
  source.on("SIGTERM", terminate);
  source.on("uncaughtException", crashed);
  source.on("unhandledRejection", crashed);
  // Without a listener, the first log line after Terraform's death would be fatal.
  source.stdout.on("error", pipeBroken);
  source.stderr.on("error", pipeBroken);
}

function ignore(): void {}
