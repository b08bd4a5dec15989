import { ApiError } from "../protocol/api-error";
import { EmulatorError } from "../values/emulator-error";
import { type Format, type Reply, errorReply } from "../protocol/reply";
import { type Pattern, matches } from "../values/matcher";

/** What goes wrong, when, and how often. */
export interface FaultRule {
  /** The action, e.g. `"ImportImage"`, `/^Describe/` or `"Describe*"`; several are alternatives. Default: every action. */
  readonly action?: Pattern | readonly Pattern[];
  readonly region?: Pattern;
  /** Parameters that the call has to have. */
  readonly params?: { readonly [name: string]: Pattern };
  /** How many calls are struck. Default: all. */
  readonly times?: number;
  /** How many matching calls are spared first. Default 0. */
  readonly skip?: number;
  /** The call takes effect first, and only its answer is lost. Default false. */
  readonly after?: boolean;
  /** An error answer; status defaults to 400. */
  readonly error?: { readonly status?: number; readonly code: string; readonly message?: string };
  /** Milliseconds, sent as x-acs-retry-after. */
  readonly retryAfter?: number;
  /** The connection is closed without an answer. */
  readonly drop?: boolean;
  /** The connection stays open without an answer. */
  readonly hang?: boolean;
  /** Milliseconds of real time before the answer; alone, the answer is merely slow. */
  readonly delay?: number;
  /** An answer that no client can read: cut JSON, an XML error where JSON was asked for, or a proxy's HTML page (status 502). */
  readonly garbage?: "json" | "xml" | "html";
  /** A whole answer of one's own. */
  readonly answer?: { readonly status: number; readonly body: string; readonly contentType?: string };
}

export interface ActiveFault extends FaultRule {
  readonly id: number;
  /** How many calls it has struck. */
  readonly struck: number;
}

interface Entry {
  readonly id: number;
  readonly rule: FaultRule;
  seen: number;
  struck: number;
}

/** The fault rules; the first that matches a call strikes it. */
export class Faults {
  private readonly entries: Entry[] = [];
  private lastId = 0;

  /** Adds a rule and returns its id. */
  add(rule: FaultRule): number {
    if (!rule.error && !rule.drop && !rule.hang && !rule.garbage && !rule.answer && rule.delay === undefined) {
      throw new EmulatorError(`The fault ${JSON.stringify(rule)} does nothing. Give one of: error, drop, hang, delay, garbage, answer.`);
    }
    checkRule(rule);
    this.entries.push({ id: ++this.lastId, rule, seen: 0, struck: 0 });
    return this.lastId;
  }

  /** False when there is no such rule. */
  remove(id: number): boolean {
    const index = this.entries.findIndex((entry) => entry.id === id);
    if (index >= 0) this.entries.splice(index, 1);
    return index >= 0;
  }

  clear(): void {
    this.entries.length = 0;
  }

  list(): readonly ActiveFault[] {
    return this.entries.map(({ id, rule, struck }) => ({ ...rule, id, struck }));
  }

  /** The rule that strikes this call, counted as having done so. */
  take(call: {
    readonly action: string;
    readonly region: string;
    readonly params: { readonly [name: string]: string };
  }): FaultRule | undefined {
    for (const entry of this.entries) {
      if (entry.struck >= (entry.rule.times ?? Infinity) || !applies(entry.rule, call)) continue;
      if (++entry.seen <= (entry.rule.skip ?? 0)) continue;
      entry.struck++;
      return entry.rule;
    }
    return undefined;
  }
}

/** What a fault answers in place of ECS; undefined when it only delays. */
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
  if (error && typeof error.code !== "string") throw new EmulatorError(`A fault's error needs a code, and is ${JSON.stringify(error)}.`);
  for (const given of [error, answer]) {
    if (given?.status !== undefined && !(Number.isInteger(given.status) && given.status >= 200 && given.status <= 599)) {
      throw new EmulatorError(`A fault's status is ${given.status}. It has to be an HTTP status between 200 and 599.`);
    }
  }
  if (answer && (answer.status === undefined || typeof answer.body !== "string"))
    throw new EmulatorError("A fault's answer needs status and body.");
  if (garbage !== undefined && !GARBAGE.includes(garbage))
    throw new EmulatorError(`A fault's garbage is "${garbage}". It takes ${GARBAGE.join(", ")}.`);
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
