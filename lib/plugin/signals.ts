/** The part of `process` that signals arrive at. */
export interface SignalSource {
  on(event: string, listener: (...args: unknown[]) => void): unknown;
}

export interface SignalHandlers {
  terminate(): void;
  crashed(error: unknown): void;
}

/**
 * Keeps signals from ending the process. Ctrl-C and a closing terminal reach the whole process group,
 * so also the plugin; Terraform then asks its plugins to stop, and that request is the one to act on.
 */
export function handleSignals(source: SignalSource, { terminate, crashed }: SignalHandlers): void {
  source.on("SIGINT", ignore);
  source.on("SIGHUP", ignore);
  source.on("SIGTERM", terminate);
  source.on("uncaughtException", crashed);
  source.on("unhandledRejection", crashed);
}

function ignore(): void {}
