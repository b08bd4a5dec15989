/** Limits how often a rule applies. */
export interface Counted {
  /** Default: always. */
  readonly times?: number;
  /** The number of matches that the rule lets pass before it applies. Default 0. */
  readonly skip?: number;
}

export interface RuleEntry<R> {
  readonly id: number;
  readonly rule: R;
  /** The number of matches so far, including those that the rule let pass. */
  matched: number;
  /** How often the rule has applied so far. */
  used: number;
}

/** Rules in the order in which they were added. The first that matches applies. */
export class RuleList<R extends Counted> {
  private readonly rules: RuleEntry<R>[] = [];
  private lastId = 0;

  get entries(): readonly Readonly<RuleEntry<R>>[] {
    return this.rules;
  }

  /** Adds a rule and returns its id. */
  add(rule: R): number {
    this.rules.push({ id: ++this.lastId, rule, matched: 0, used: 0 });
    return this.lastId;
  }

  /** Removes a rule. Returns false if no rule has this id. */
  remove(id: number): boolean {
    const index = this.rules.findIndex((entry) => entry.id === id);
    if (index >= 0) this.rules.splice(index, 1);
    return index >= 0;
  }

  clear(): void {
    this.rules.length = 0;
  }

  /** Returns the rule that applies, and counts its use. */
  take(matches: (rule: R) => boolean): R | undefined {
    for (const entry of this.rules) {
      if (entry.used >= (entry.rule.times ?? Infinity) || !matches(entry.rule)) continue;
      if (++entry.matched <= (entry.rule.skip ?? 0)) continue;
      entry.used++;
      return entry.rule;
    }
    return undefined;
  }
}
