import { Writable } from "node:stream";

/**
 * Keeps the process's standard error for the plugin's log. Whatever else writes to it (NODE_DEBUG, a library's debugging)
 * could write requests and answers as they are, with secrets in them, so that is dropped.
 *
 * @returns opens the real one
 */
export function takeStderr(process: { readonly stderr: Writable }): () => Writable {
  const real = Object.getOwnPropertyDescriptor(process, "stderr")!;
  let nowhere: Writable | undefined;
  Object.defineProperty(process, "stderr", { configurable: true, enumerable: true, get: () => (nowhere ??= makeNowhere()) });
  return () => (real.get ? (real.get.call(process) as Writable) : (real.value as Writable));
}

/** Made when something writes, which hardly ever happens. */
function makeNowhere(): Writable {
  return Object.assign(new Writable({ write: (_chunk, _encoding, done) => done() }), { fd: 2, isTTY: false });
}
