/** The part of `process` that signals arrive at. */
export interface SignalSource {
  on(event: string, listener: (...args: unknown[]) => void): unknown;
}

export interface SignalHandlers {
  terminate(): void;
  crashed(error: unknown): void;
}

/**
 * Signals that would end the process, stop it or, SIGUSR1, open Node's inspector. Not among them: what cannot be caught, what
 * Node ignores by itself, and what only a fault in the process itself raises (SIGSEGV, SIGABRT and their like).
 */
export const IGNORED = [
  ...["SIGINT", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGVTALRM", "SIGPROF", "SIGXCPU"],
  ...["SIGIO", "SIGPWR", "SIGSTKFLT", "SIGTSTP", "SIGTTIN", "SIGTTOU"],
];

/**
 * Keeps signals from ending the process. Ctrl-C, Ctrl-\ and a closing terminal reach the whole process group, so also the plugin;
 * Terraform then asks its plugins to stop, or dies: those are what to act on, since operations may have to be cancelled.
 */
export function handleSignals(source: SignalSource, { terminate, crashed }: SignalHandlers): void {
  ignoreSignals(source);
  source.on("SIGTERM", terminate);
  source.on("uncaughtException", crashed);
  source.on("unhandledRejection", crashed);
}

function ignoreSignals(source: SignalSource): void {
  for (const signal of IGNORED) {
    try {
      source.on(signal, ignore);
    } catch {
      // This system has no such signal.
    }
  }
}

function ignore(): void {}
