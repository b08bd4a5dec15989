const HALF = 30 * 60_000;

/** Remembers used nonces for as long as their timestamps can be valid. Two generations make forgetting cheap. */
export class Nonces {
  private current = new Set<string>();
  private previous = new Set<string>();
  private turnAt = 0;

  /** Returns false if the nonce was used before. */
  use(accessKeyId: string, nonce: string, now: number): boolean {
    if (now >= this.turnAt) {
      // After a pause of two generations, every remembered nonce has expired.
      this.previous = now >= this.turnAt + HALF ? new Set() : this.current;
      this.current = new Set();
      this.turnAt = now + HALF;
    }
    const key = `${accessKeyId}/${nonce}`;
    if (this.current.has(key) || this.previous.has(key)) return false;
    this.current.add(key);
    return true;
  }
}
