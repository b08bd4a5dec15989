import { ApiError } from "../protocol/api-error";
import { type Pattern, matches } from "../values/matcher";

/** How many calls an account may make in one region. */
export interface ThrottleRule {
  /** Which actions; each has a count of its own. Default: every action. */
  readonly action?: Pattern;
  readonly region?: Pattern;
  readonly limit: number;
  /** Default `minute`. */
  readonly per?: "second" | "minute";
  /** Default `Throttling.User`. */
  readonly code?: "Throttling" | "Throttling.User" | "Throttling.Api";
  /** Milliseconds, sent as x-acs-retry-after. Default: not sent. */
  readonly retryAfter?: number;
}

/** A call over the limit. */
export class ThrottledError extends ApiError {
  constructor(
    code: string,
    readonly retryAfter: number | undefined,
  ) {
    super(400, code, "Request was denied due to user flow control.");
  }
}

/** Counts by account, region and action within a minute or second of the clock; the next one begins afresh. */
export class Throttle {
  private rules: readonly ThrottleRule[] = [];
  private readonly counts = new Map<string, { window: number; count: number }>();

  /** Takes the place of all rules so far. */
  set(rules: readonly ThrottleRule[]): void {
    for (const rule of rules) {
      if (!Number.isInteger(rule.limit) || rule.limit < 0)
        throw new RangeError(`A throttle's limit is a whole number of 0 or more, and not ${rule.limit}.`);
      if (rule.per !== undefined && rule.per !== "second" && rule.per !== "minute")
        throw new RangeError(`A throttle counts per "second" or "minute", and not per "${String(rule.per)}".`);
    }
    this.rules = [...rules];
    this.counts.clear();
  }

  list(): readonly ThrottleRule[] {
    return this.rules;
  }

  /** Counts the call; a ThrottledError when it is one too many. */
  check(account: string, region: string, action: string, now: number): void {
    this.rules.forEach((rule, index) => {
      if (rule.action !== undefined && !matches(rule.action, action)) return;
      if (rule.region !== undefined && !matches(rule.region, region)) return;
      const window = Math.floor(now / (rule.per === "second" ? 1_000 : 60_000));
      const key = `${index}/${account}/${region}/${action}`;
      const before = this.counts.get(key);
      const count = before?.window === window ? before.count + 1 : 1;
      this.counts.set(key, { window, count });
      if (count > rule.limit) throw new ThrottledError(rule.code ?? "Throttling.User", rule.retryAfter);
    });
  }
}
