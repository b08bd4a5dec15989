import { oneLine } from "../contract/printable";

/**
 * What ECS's answer means to a caller that has to decide what to do next. Only the gateway maps codes to kinds.
 *
 * - `throttled`: try the same again later
 * - `unreachable`: the request was never sent: nothing listens, or the name does not resolve
 * - `unavailable`: no usable answer; the call may have had an effect
 * - `busy`: ECS is still working on the first call with this token; try the same again later
 * - `in-use`: another task uses the image or the name
 * - `not-found`: ECS knows no such task or image
 * - `wrong-state`: the task or copy is no longer, or not yet, in the state that the call needs
 * - `unsupported`: this task can never be cancelled
 * - `cancel-failed`: ECS tried to cancel and failed
 * - `token-mismatch`: the token belongs to another request, or to one that failed: try again with another token
 * - `duplicate-name`: an image of that name exists
 * - `no-role`: the RAM role that ECS should assume does not exist, or is so new that ECS does not see it yet
 * - `expired`: temporary credentials or the request's time stamp have expired
 * - `no-credentials-yet`: the source of the credentials (STS, the metadata service) gave no usable answer, so the call was
 *   never sent; try the same again later
 * - `credentials`: no credentials, or none that ECS or STS accepts
 * - `settings`: a setting is wrong, or what answers at the endpoint is not ECS: nothing was carried out, and a retry does not help
 * - `forbidden`: RAM refuses the call
 * - `invalid`: everything else that ECS refuses
 */
export type EcsErrorKind =
  | "throttled"
  | "unreachable"
  | "unavailable"
  | "busy"
  | "in-use"
  | "not-found"
  | "wrong-state"
  | "unsupported"
  | "cancel-failed"
  | "token-mismatch"
  | "duplicate-name"
  | "no-role"
  | "expired"
  | "no-credentials-yet"
  | "credentials"
  | "settings"
  | "forbidden"
  | "invalid";

export interface EcsErrorDetails {
  readonly kind: EcsErrorKind;
  readonly action: string;
  readonly code: string;
  readonly message: string;
  readonly status?: number;
  readonly requestId?: string;
  /** Milliseconds that ECS asks to wait. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

/** A failed ECS call. Its text contains no credentials; ECS's own message in it is cleaned and shortened. */
export class EcsError extends Error {
  override readonly name = "EcsError";
  readonly kind: EcsErrorKind;
  readonly action: string;
  readonly code: string;
  readonly status?: number;
  readonly requestId?: string;
  readonly retryAfter?: number;
  /** ECS's own message, without the code. */
  readonly text: string;

  constructor(details: EcsErrorDetails) {
    const code = oneLine(details.code, 100);
    const text = oneLine(details.message, 1000);
    const requestId = details.requestId && oneLine(details.requestId, 100);
    super(`${details.action}: ${code}: ${text}${requestId ? ` (request ${requestId})` : ""}`, { cause: details.cause });
    this.kind = details.kind;
    this.action = details.action;
    this.code = code;
    this.text = text;
    this.status = details.status;
    this.requestId = requestId;
    this.retryAfter = details.retryAfter;
  }
}

/** True for an ECS error of one of the kinds. */
export function isEcs(error: unknown, ...kinds: EcsErrorKind[]): error is EcsError {
  return error instanceof EcsError && kinds.includes(error.kind);
}

/** The user interrupted the run, or Terraform is gone. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
  constructor(by: "interrupt" | "orphaned" = "interrupt") {
    super(by === "interrupt" ? "the run was interrupted" : "Terraform is gone");
  }
}

/** A wait reached its deadline. */
export class DeadlineError extends Error {
  override readonly name = "DeadlineError";
}

/** A task ended without a result. */
export class TaskFailedError extends Error {
  override readonly name = "TaskFailedError";
  constructor(
    message: string,
    readonly status: string,
    readonly code?: string,
  ) {
    super(message);
  }
}

/** The task in the state is not the one that was started: nothing was cancelled. */
export class NotOursError extends Error {
  override readonly name = "NotOursError";
}

/**
 * An image has the start key, but another request made it or this state may already own it. Nothing was started, cancelled or deleted.
 */
export class StartKeyInUseError extends Error {
  override readonly name = "StartKeyInUseError";
}

/** The outcome of the start call is unknown: an operation may be running. */
export class UnresolvedStartError extends Error {
  override readonly name = "UnresolvedStartError";
  constructor(
    message: string,
    override readonly cause: unknown,
  ) {
    super(message);
  }
}

/** Part of the provider block is known only after apply, so ECS is not called. */
export class SettingsNotKnownError extends Error {
  override readonly name = "SettingsNotKnownError";
  constructor(names: readonly string[]) {
    const [verb, source] = names.length === 1 ? ["is", "it comes"] : ["are", "they come"];
    super(
      `${names.join(", ")} in the provider block ${verb} known only after apply, so ECS was not called. Apply the resources that ${source} from first (with -target), then run the same command again.`,
    );
  }
}
