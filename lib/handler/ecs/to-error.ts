import { EcsError, type EcsErrorKind } from "../errors";
import type { CredentialsError } from "./credentials-error";
import { kindOf } from "./error-codes";
import { classifyFailure, type Called, type Failure } from "./failures";

type Clean = (text: unknown) => string;

/** What the SDK throws for a status of 400 or above, and what the transport throws when there is no answer. */
interface Thrown {
  readonly name?: string;
  readonly code?: string;
  readonly statusCode?: number;
  readonly contentType?: string;
  readonly message?: string;
  readonly requestId?: string;
  readonly retryAfter?: number;
  /** Set by a `TransportError`. Its class cannot be tested here: it is in the file that is loaded late. */
  readonly sent?: boolean;
  readonly isEmpty?: boolean;
  readonly data?: { readonly Message?: string; readonly message?: string; readonly Recommend?: string };
}

/** The longest wait that an answer can ask for, in milliseconds. */
const LONGEST_WAIT = 60_000;

/** Turns anything that a call rejects with into an `EcsError`. */
export function toEcsError(action: string, called: Called, thrown: unknown, redact: (text: string) => string): EcsError {
  // Redacts before EcsError cleans and shortens the text: a truncated secret, or one with a space in it, would not be found.
  const clean: Clean = (text) => redact(String(text));
  if (thrown instanceof EcsError) return thrown;
  if (isOfCredentials(thrown)) return ofCredentials(thrown, called, clean);
  return refused(action, thrown, clean) ?? unanswered(action, called, "ECS", thrown, clean);
}

/** A refusal by ECS itself, which has a code; null for anything else. */
function refused(action: string, thrown: unknown, clean: Clean): EcsError | null {
  const error = (thrown ?? {}) as Thrown;
  const status = typeof error.statusCode === "number" ? error.statusCode : undefined;
  if (status === undefined || !error.code || error.code === "undefined") return null;
  const wait = retryAfter(error.retryAfter);
  return new EcsError({
    kind: kindOf(action, String(error.code), status, wait !== undefined),
    action,
    code: clean(error.code),
    message: withoutRequest(clean(error.data?.Message ?? error.data?.message ?? error.message ?? "no message")),
    status,
    requestId: error.requestId === undefined || error.requestId === "undefined" ? undefined : clean(error.requestId),
    retryAfter: wait,
  });
}

/** With a wrong signature, ECS and STS repeat the whole request: many lines that do not help a user who mistyped a secret. */
const withoutRequest = (message: string): string =>
  message.split(/[\s,;.:]*\b(?:server )?(?:string ?to ?sign|canonical ?request)\b/i)[0] || message;

function unanswered(action: string, called: Called, service: Failure["service"], thrown: unknown, clean: Clean): EcsError {
  const error = (thrown ?? {}) as Thrown;
  const status = typeof error.statusCode === "number" ? error.statusCode : undefined;
  const { kind, code, message } = classifyFailure({
    ...called,
    service,
    code: typeof error.code === "string" && error.code !== "undefined" ? error.code : "",
    name: typeof error.name === "string" ? error.name : "Error",
    sent: error.sent,
    isEmpty: error.isEmpty,
    isRead: action.startsWith("Describe"),
    status,
    contentType: error.contentType,
    // The SDK appends the whole request to its message, with or without a line break.
    message: clean(String(error.message ?? thrown))
      .split(/\n|(?:GET|POST|PUT) https?:/)[0]
      .trim()
      .slice(0, 300),
  });
  return new EcsError({ kind, action, code: clean(code), message: clean(message), status });
}

/** Tested by name, not by class: the class is in the file that is loaded late. */
const isOfCredentials = (thrown: unknown): thrown is CredentialsError => thrown instanceof Error && thrown.name === "CredentialsError";

/** The call itself was never sent. If the source is temporarily unavailable, a retry may help. If it refuses, the error is final. */
function ofCredentials(
  { source, message, refusal, failure, called }: CredentialsError,
  { hadCredentials }: Called,
  clean: Clean,
): EcsError {
  if (called !== undefined) {
    const error = unanswered(source, called, SERVICES.get(source) ?? "the source of the credentials", failure, clean);
    if (error.kind === "settings" || error.kind === "unreachable") return error;
    return new EcsError({ kind: "no-credentials-yet", action: source, code: error.code, message: error.text, status: error.status });
  }
  if (refusal === undefined) {
    // The file may be in the middle of a rewrite, or the command may fail only once: that must not end a wait.
    const kind = hadCredentials ? "no-credentials-yet" : "credentials";
    return new EcsError({ kind, action: source, code: "NoCredentials", message: clean(message) });
  }
  const { code, status, requestId } = refusal;
  const wait = retryAfter(refusal.retryAfter);
  return new EcsError({
    kind: REFUSALS.get(kindOf(source, code, status, wait !== undefined)) ?? "credentials",
    action: source,
    code: clean(code),
    message: withoutRequest(clean(message)),
    status,
    requestId: requestId && clean(requestId),
    retryAfter: wait,
  });
}

const SERVICES = new Map<string, Failure["service"]>([
  ["AssumeRole", "STS"],
  ["AssumeRoleWithOIDC", "STS"],
  ["Metadata", "the metadata service"],
]);

/** Any other refusal by STS is final. */
const REFUSALS = new Map<EcsErrorKind, EcsErrorKind>([
  ["throttled", "no-credentials-yet"],
  ["unavailable", "no-credentials-yet"],
  ["busy", "no-credentials-yet"],
  ["expired", "expired"],
]);

/** `x-acs-retry-after`, in milliseconds and capped. */
function retryAfter(value: number | undefined): number | undefined {
  if (value === undefined || !Number.isFinite(value) || value <= 0) return undefined;
  return Math.min(value, LONGEST_WAIT);
}
