import type { Clock } from "../clock";

/** Terraform starts its resources one after another: what comes within this time (ms) shares the first call. */
export const GATHER = 5;

/**
 * Gathers the keys that are asked for within a moment and answers them with one call. While a call is under way, the
 * next window stays open: an answer on its way may be older than the question, and the longer calls take, the more they serve.
 */
export function coalesce<K, V>(
  fetch: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>,
  clock: Clock,
): (key: K) => Promise<V | undefined> {
  let pending: { readonly keys: Set<K>; readonly answer: Promise<ReadonlyMap<K, V>> } | null = null;
  let before: Promise<unknown> = Promise.resolve();
  return async (key) => {
    if (!pending) {
      const keys = new Set<K>();
      const answer = Promise.all([clock.sleep(GATHER), before]).then(() => {
        pending = null;
        return fetch([...keys]);
      });
      before = answer.catch(() => undefined);
      pending = { keys, answer };
    }
    pending.keys.add(key);
    return (await pending.answer).get(key);
  };
}
