import type { Clock } from "../clock";

/** Milliseconds. Terraform starts its resources one after another; those that start within this time share a call. */
export const GATHER = 5;

/**
 * Gathers the keys that are requested within a moment and fetches them with one call. While a call is in progress, further keys
 * wait for the next one: the pending answer may be older than the question, and slow calls then serve more keys each.
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
