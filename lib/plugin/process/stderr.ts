import { Writable } from "node:stream";

/**
 * Reserves the process's standard error for the plugin's log. Anything else written there (NODE_DEBUG, a library's debug output)
 * could hold whole requests and answers, secrets included, and is dropped.
 *
 * @returns opens the real one
 */
export function takeStderr(process: { readonly stderr: Writable }): () => Writable {
  const real = Object.getOwnPropertyDescriptor(process, "stderr")!;
  let nowhere: Writable | undefined;
  Object.defineProperty(process, "stderr", { configurable: true, enumerable: true, get: () => (nowhere ??= makeNowhere()) });
  return () => (real.get ? (real.get.call(process) as Writable) : (real.value as Writable));
}

/** Made only when something writes, which hardly ever happens. */
function makeNowhere(): Writable {
  return Object.assign(new Writable({ write: (_chunk, _encoding, done) => done() }), { fd: 2, isTTY: false });
}
