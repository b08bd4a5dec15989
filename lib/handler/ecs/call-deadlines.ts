const START = /^(Import|Export|Copy)Image$/;
/** Milliseconds: whoever has to look or to cancel had better ask again than wait on a connection that is dead. */
const LEAST = 10_000;
/** A start is to be answered, not asked again: ECS takes half a minute and more at times, as it looks into the object first. */
const OF_A_START = 60_000;
const MOST = 45_000;

/**
 * How long each action's answer is awaited, in milliseconds. Where ECS, or the way to it, is slower than that, more each time:
 * asking again and again would never bring an answer.
 */
export class CallDeadlines {
  private readonly learnt = new Map<string, number>();

  of(action: string): number {
    return START.test(action) ? OF_A_START : (this.learnt.get(action) ?? LEAST);
  }

  /** No answer came within the deadline. */
  overdue(action: string, deadline: number): void {
    this.learn(action, deadline * 3);
  }

  answered(action: string, took: number): void {
    this.learn(action, took * 2);
  }

  private learn(action: string, deadline: number): void {
    this.learnt.set(action, Math.min(MOST, Math.max(LEAST, deadline)));
  }
}
