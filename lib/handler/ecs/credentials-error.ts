import type { Called } from "./failures";

/** Raised by whatever gives the credentials, so that its failures are told from ECS's. Its message holds no secret. */
export class CredentialsError extends Error {
  override readonly name = "CredentialsError";
  /** The action that failed, such as `AssumeRole`. */
  readonly source: string;
  /** The source's own answer. */
  readonly refusal?: Refusal;
  /** Whom was asked where no such answer came, and what was thrown then. */
  readonly called?: Called;
  readonly failure?: unknown;

  constructor(message: string, details: Partial<Pick<CredentialsError, "source" | "refusal" | "failure" | "called">> = {}) {
    super(message);
    this.source = details.source ?? "Credentials";
    this.refusal = details.refusal;
    this.failure = details.failure;
    this.called = details.called;
  }
}

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly requestId?: string;
  /** Milliseconds. */
  readonly retryAfter?: number;
}
