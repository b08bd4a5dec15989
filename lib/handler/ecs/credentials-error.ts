import type { Called } from "./failures";

/** Thrown by a source of credentials, so that its failures can be distinguished from those of ECS. Its message contains no secret. */
export class CredentialsError extends Error {
  override readonly name = "CredentialsError";
  /** The action that failed, such as `AssumeRole`. */
  readonly source: string;
  /** The source's own answer. */
  readonly refusal?: Refusal;
  /** Without such an answer: what was called, and what it threw. */
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
