const HALF = 30 * 60_000;

/** The nonces that were used while their timestamp could still be valid; two generations, so that forgetting is cheap. */
export class Nonces {
  private current = new Set<string>();
  private previous = new Set<string>();
  private turnAt = 0;

  /** False when it was used before. */
  use(accessKeyId: string, nonce: string, now: number): boolean {
    if (now >= this.turnAt) {
      // After a pause of two generations there is nothing worth keeping.
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
