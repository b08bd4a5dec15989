import { EcsError } from "../errors";
import { kindOf } from "./error-codes";

/** Raised by the credential chain, so that its failures are told from ECS's. */
export class CredentialsError extends Error {
  override readonly name = "CredentialsError";
}

/** What the SDK throws for an answer of 400 and above. */
interface SdkError {
  readonly code?: string;
  readonly statusCode?: number;
  readonly message?: string;
  readonly requestId?: string;
  readonly retryAfter?: number;
  /** Of a `TransportError`. Not by its class: that one is in the file that is loaded late. */
  readonly sent?: boolean;
  readonly data?: { readonly Message?: string; readonly message?: string; readonly Recommend?: string };
}

/** Turns whatever a call rejected with into an `EcsError`. */
export function toEcsError(action: string, endpoint: string, thrown: unknown, redact: (text: string) => string): EcsError {
  // Redacted before EcsError cleans and shortens it: half a secret, or one with a blank in it, would not be found.
  const clean = (text: unknown): string => redact(String(text));
  if (thrown instanceof EcsError) return thrown;
  if (thrown instanceof CredentialsError)
    return new EcsError({ kind: "credentials", action, code: "NoCredentials", message: clean(thrown.message) });
  const error = (thrown ?? {}) as SdkError;
  const status = typeof error.statusCode === "number" ? error.statusCode : undefined;
  if (status !== undefined && error.code && error.code !== "undefined") {
    const text = error.data?.Message ?? error.data?.message ?? error.message ?? "no message";
    return new EcsError({
      kind: kindOf(action, String(error.code), status),
      action,
      code: clean(error.code),
      message: clean(text),
      status,
      requestId: error.requestId === undefined || error.requestId === "undefined" ? undefined : clean(error.requestId),
      retryAfter: retryAfter(error.retryAfter),
    });
  }
  const code = error.code ?? "";
  // The SDK puts the whole request behind what went wrong, with or without a line break.
  const text = clean(String(error.message ?? thrown))
    .split(/\n|(?:GET|POST) https?:/)[0]!
    .slice(0, 300);
  // Only what never had an open connection is known not to have been carried out.
  if (error.sent === false) {
    return new EcsError({ kind: "unreachable", action, code: code || "NoConnection", message: `${endpoint} cannot be reached: ${text}` });
  }
  // A reset, a late answer, or one that is not ECS's (a proxy's page, cut-off JSON): it may have been carried out.
  return new EcsError({
    kind: "unavailable",
    action,
    code: code || "NoUsableAnswer",
    message: `no usable answer from ${endpoint}: ${text}`,
    status,
  });
}

/** The header's unit is not documented: what is too short for milliseconds is taken as seconds. At most one minute. */
function retryAfter(value: number | undefined): number | undefined {
  if (value === undefined || !Number.isFinite(value) || value <= 0) return undefined;
  return Math.min(value < 100 ? value * 1000 : value, 60_000);
}
