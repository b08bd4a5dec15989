import { ApiError } from "../protocol/api-error";
import { type Pattern, matches } from "../values/matcher";

/** A limit on an account's calls in one region. */
export interface ThrottleRule {
  /** The actions that the limit covers; each is counted separately. Default: every action. */
  readonly action?: Pattern;
  readonly region?: Pattern;
  readonly limit: number;
  /** Default `minute`. */
  readonly per?: "second" | "minute";
  /** Default `Throttling.User`. */
  readonly code?: "Throttling" | "Throttling.User" | "Throttling.Api";
  /** The header x-acs-retry-after, in milliseconds. Default: not sent. */
  readonly retryAfter?: number;
}

/** The error for a call that exceeds a limit. */
export class ThrottledError extends ApiError {
  constructor(
    code: string,
    readonly retryAfter: number | undefined,
  ) {
    super(400, code, "Request was denied due to user flow control.");
  }
}

/** Counts calls by account, region and action. Each count restarts with every minute or second of the clock. */
export class Throttle {
  private rules: readonly ThrottleRule[] = [];
  private readonly counts = new Map<string, { window: number; count: number }>();

  /** Replaces all rules. */
  set(rules: readonly ThrottleRule[]): void {
    for (const rule of rules) {
      if (!Number.isInteger(rule.limit) || rule.limit < 0)
        throw new RangeError(`The call limit is ${rule.limit}. Allowed: a whole number, 0 or more.`);
      if (rule.per !== undefined && rule.per !== "second" && rule.per !== "minute")
        throw new RangeError(`The call limit counts per "${String(rule.per)}". Allowed: second, minute.`);
    }
    this.rules = [...rules];
    this.counts.clear();
  }

  list(): readonly ThrottleRule[] {
    return this.rules;
  }

  /** Counts the call, and throws a ThrottledError if it exceeds a limit. */
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
