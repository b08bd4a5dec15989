/** In milliseconds: the half hour in which a timestamp can be valid, 15 minutes before and after its time. */
const GENERATION = 30 * 60_000;

/** Remembers each used nonce for one to two generations. Forgetting a whole generation at once is cheap. */
export class Nonces {
  private current = new Set<string>();
  private previous = new Set<string>();
  private nextTurn = 0;

  /** Returns false if the nonce was used before. */
  use(accessKeyId: string, nonce: string, now: number): boolean {
    if (now >= this.nextTurn) {
      // After a pause of two generations, every remembered nonce has expired.
      this.previous = now >= this.nextTurn + GENERATION ? new Set() : this.current;
      this.current = new Set();
      this.nextTurn = now + GENERATION;
    }
    const key = `${accessKeyId}/${nonce}`;
    if (this.current.has(key) || this.previous.has(key)) return false;
    this.current.add(key);
    return true;
  }
}
