import { operationKey, type Operation } from "../operation";

/** The operations that the resources of this run have claimed, so that two equal resources never share one. */
export class Claims {
  private readonly claimed = new Set<string>();
  private readonly ending = new Set<string>();
  private readonly queues = new Map<string, Promise<unknown>>();

  has(operation: Operation): boolean {
    return this.claimed.has(operationKey(operation));
  }

  claim(operation: Operation): void {
    this.claimed.add(operationKey(operation));
  }

  /** A destroy of this run is ending the operation, so its name becomes free. */
  end(operation: Operation): void {
    this.ending.add(operationKey(operation));
  }

  isEnding(operation: Operation): boolean {
    return this.ending.has(operationKey(operation));
  }

  /** Runs work that shares a name one after another. */
  inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.queues.get(name) ?? Promise.resolve()).then(work, work);
    this.queues.set(name, turn);
    return turn;
  }
}
