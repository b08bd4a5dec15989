const START = /^(Import|Export|Copy)Image$/;
/** Milliseconds. For reads and cancels, a new attempt is better than waiting for an answer on a dead connection. */
const SHORTEST = 10_000;
/** Milliseconds. A start must not be repeated early: ECS sometimes takes half a minute or more, because it inspects the object first. */
const FOR_STARTS = 60_000;
const LONGEST = 45_000;

/**
 * How long to wait for each action's answer, in milliseconds. Each missed deadline makes the next one longer: if ECS or the
 * network is slow, repeating the call with the same deadline would never get an answer.
 */
export class CallDeadlines {
  private readonly learned = new Map<string, number>();

  of(action: string): number {
    return START.test(action) ? FOR_STARTS : (this.learned.get(action) ?? SHORTEST);
  }

  /** No answer came within the deadline. */
  overdue(action: string, deadline: number): void {
    this.learn(action, deadline * 3);
  }

  answered(action: string, took: number): void {
    this.learn(action, took * 2);
  }

  private learn(action: string, deadline: number): void {
    this.learned.set(action, Math.min(LONGEST, Math.max(SHORTEST, deadline)));
  }
}
