import { Writable } from "node:stream";

/**
 * Reserves the process's standard error for the plugin's log. Drops everything else that is written there (NODE_DEBUG, a library's debug
 * output), because it could contain whole requests and answers, including secrets.
 *
 * @returns a function that opens the real standard error
 */
export function takeStderr(process: { readonly stderr: Writable }): () => Writable {
  const real = Object.getOwnPropertyDescriptor(process, "stderr")!;
  let nowhere: Writable | undefined;
  Object.defineProperty(process, "stderr", { configurable: true, enumerable: true, get: () => (nowhere ??= makeNowhere()) });
  return (): Writable => (real.get ? real.get.call(process) : real.value);
}

/** Created only when something writes, which hardly ever happens. */
function makeNowhere(): Writable {
  return Object.assign(new Writable({ write: (_chunk, _encoding, done) => done() }), { fd: 2, isTTY: false });
}
