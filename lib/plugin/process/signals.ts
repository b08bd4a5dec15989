/** The part of `process` that receives signals. */
export interface SignalSource {
  on(event: string, listener: (...args: unknown[]) => void): unknown;
}

export interface SignalHandlers {
  terminate(): void;
  crashed(error: unknown): void;
}

/**
 * Signals that would end or stop the process, or open Node's inspector (SIGUSR1). The list omits signals that nobody can catch, those
 * that Node ignores itself, and those that only a fault in this process raises (SIGSEGV, SIGABRT and the like).
 */
export const IGNORED = [
  ...["SIGINT", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGVTALRM", "SIGPROF", "SIGXCPU"],
  // Ctrl-Break, on Windows.
  "SIGBREAK",
  ...["SIGIO", "SIGPWR", "SIGSTKFLT", "SIGTSTP", "SIGTTIN", "SIGTTOU"],
];

/**
 * Keeps signals from ending the process. Ctrl-C, Ctrl-\ and a closing terminal signal the whole process group, including
 * the plugin. The plugin must stay alive, because it may have operations to cancel: it acts when Terraform calls StopProvider, or dies.
 * (On Windows, a closing console window raises SIGHUP, and Windows ends the plugin some seconds later. Terraform dies at once, so the
 * plugin notices its death in time.)
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
