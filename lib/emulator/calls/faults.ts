import { ApiError } from "../protocol/api-error";
import { EmulatorError } from "../values/emulator-error";
import { type Format, type Reply, errorReply } from "../protocol/reply";
import { type Pattern, matches } from "../values/matcher";
import { RuleList } from "../values/rule-list";

/** Which calls go wrong, how, and how often. */
export interface FaultRule {
  /** The action, such as `"ImportImage"`, `/^Describe/` or `"Describe*"`, or a list of alternatives. Default: every action. */
  readonly action?: Pattern | readonly Pattern[];
  readonly region?: Pattern;
  /** Parameters that the call must have. */
  readonly params?: { readonly [name: string]: Pattern };
  /** The number of calls that the rule applies to. Default: all. */
  readonly times?: number;
  /** The number of matching calls that the rule lets pass before it applies. Default 0. */
  readonly skip?: number;
  /** True: the call takes effect, and the rule replaces only its answer. Default false. */
  readonly after?: boolean;
  /** An error answer. The status defaults to 400. */
  readonly error?: { readonly status?: number; readonly code: string; readonly message?: string };
  /** The header x-acs-retry-after, in milliseconds. */
  readonly retryAfter?: number;
  /** Closes the connection without an answer. */
  readonly drop?: boolean;
  /** Keeps the connection open without an answer. */
  readonly hang?: boolean;
  /** The delay of the answer, in milliseconds of real time. A rule with nothing else only slows the answer down. */
  readonly delay?: number;
  /** An unreadable answer: truncated JSON, an XML error although JSON was requested, or a proxy's HTML page (status 502). */
  readonly garbage?: "json" | "xml" | "html";
  /** A complete answer of your own. */
  readonly answer?: { readonly status: number; readonly body: string; readonly contentType?: string };
}

export interface ActiveFault extends FaultRule {
  readonly id: number;
  /** The number of calls that the rule has applied to so far. */
  readonly struck: number;
}

/** The fault rules. The first one that matches a call applies. */
export class Faults {
  private readonly rules = new RuleList<FaultRule>();

  /** Adds a rule and returns its id. */
  add(rule: FaultRule): number {
    if (!rule.error && !rule.drop && !rule.hang && !rule.garbage && !rule.answer && rule.delay === undefined) {
      throw new EmulatorError(
        `The fault rule ${JSON.stringify(rule)} has no effect. Set one of: error, drop, hang, delay, garbage, answer.`,
      );
    }
    checkRule(rule);
    return this.rules.add(rule);
  }

  /** Removes a rule. Returns false if no rule has this id. */
  remove(id: number): boolean {
    return this.rules.remove(id);
  }

  clear(): void {
    this.rules.clear();
  }

  list(): readonly ActiveFault[] {
    return this.rules.entries.map(({ id, rule, used }) => ({ ...rule, id, struck: used }));
  }

  /** Returns the rule that applies to this call, and counts its use. */
  take(call: {
    readonly action: string;
    readonly region: string;
    readonly params: { readonly [name: string]: string };
  }): FaultRule | undefined {
    return this.rules.take((rule) => applies(rule, call));
  }
}

/** The answer that replaces the regular one; undefined if the rule only delays the answer. */
export function faultReply(rule: FaultRule, format: Format, host: string, requestId: string): Reply | undefined {
  if (rule.drop) return { kind: "drop" };
  if (rule.hang) return { kind: "hang" };
  const headers: { [name: string]: string } = rule.retryAfter === undefined ? {} : { "x-acs-retry-after": String(rule.retryAfter) };
  if (rule.answer) return raw(rule.answer.status, rule.answer.contentType ?? "application/json;charset=utf-8", rule.answer.body, headers);
  const error = new ApiError(
    rule.error?.status ?? 400,
    rule.error?.code ?? "InternalError",
    rule.error?.message ?? messageFor(rule.error?.code),
  );
  switch (rule.garbage) {
    case "json":
      return raw(rule.error?.status ?? 200, "application/json;charset=utf-8", '{"RequestId":"', headers);
    case "xml":
      return errorReply("XML", error, host, requestId, headers);
    case "html":
      return raw(
        rule.error?.status ?? 502,
        "text/html",
        "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>",
        headers,
      );
    default:
      return rule.error ? errorReply(format, error, host, requestId, headers) : undefined;
  }
}

function checkRule({ error, answer, garbage }: FaultRule): void {
  if (error && typeof error.code !== "string")
    throw new EmulatorError(`The fault rule's error ${JSON.stringify(error)} has no code. Set error.code, such as "ServiceUnavailable".`);
  for (const given of [error, answer]) {
    if (given?.status !== undefined && !(Number.isInteger(given.status) && given.status >= 200 && given.status <= 599)) {
      throw new EmulatorError(`The fault rule's status is ${given.status}. Allowed: 200 to 599.`);
    }
  }
  if (answer && (answer.status === undefined || typeof answer.body !== "string"))
    throw new EmulatorError("The fault rule's answer is incomplete. Set answer.status and answer.body.");
  if (garbage !== undefined && !GARBAGE.includes(garbage))
    throw new EmulatorError(`The fault rule's garbage is "${garbage}". Allowed: ${GARBAGE.join(", ")}.`);
}

const GARBAGE: readonly string[] = ["json", "xml", "html"];

function messageFor(code: string | undefined): string {
  if (code?.includes("Throttling")) return "Request was denied due to user flow control.";
  return code === "ServiceUnavailable"
    ? "The request has failed due to a temporary failure of the server."
    : "The request processing has failed due to some unknown error.";
}

function applies(
  rule: FaultRule,
  call: { readonly action: string; readonly region: string; readonly params: { readonly [name: string]: string } },
): boolean {
  const actions =
    rule.action === undefined ? [] : Array.isArray(rule.action) ? (rule.action as readonly Pattern[]) : [rule.action as Pattern];
  if (actions.length > 0 && !actions.some((action) => matches(action, call.action))) return false;
  if (rule.region !== undefined && !matches(rule.region, call.region)) return false;
  return Object.entries(rule.params ?? {}).every(
    ([name, pattern]) => call.params[name] !== undefined && matches(pattern, call.params[name]),
  );
}

function raw(status: number, contentType: string, body: string, headers: { readonly [name: string]: string }): Reply {
  return { kind: "answer", status, headers: { "content-type": contentType, ...headers }, body };
}
