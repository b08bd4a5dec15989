import type { Clock } from "./clock";

/**
 * Gathers the keys that are asked for within a short window and answers them with one call. Callers that ask for a key
 * while its call is under way start a new window, since an answer on its way may be older than the question.
 *
 * @param window milliseconds to gather
 */
export function coalesce<K, V>(fetch: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>, clock: Clock, window: number): (key: K) => Promise<V | undefined> {
  let pending: { keys: Set<K>; answer: Promise<ReadonlyMap<K, V>> } | null = null;
  return async (key) => {
    if (!pending) {
      const keys = new Set<K>();
      const answer = clock.sleep(window).then(() => {
        pending = null;
        return fetch([...keys]);
      });
      pending = { keys, answer };
    }
    pending.keys.add(key);
    return (await pending.answer).get(key);
  };
}
