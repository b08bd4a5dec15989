import type { Behaviour } from "../switches/behaviour";
import { ApiError } from "../protocol/api-error";
import type { ResponseBody } from "../protocol/reply";
import type { Params } from "../protocol/params";

/** A call with a ClientToken, as ECS remembers it. */
export interface TokenRecord {
  readonly key: string;
  /** The call's parameters, to detect a different call with the same token. */
  readonly fingerprint: string;
  readonly at: number;
  readonly body?: ResponseBody;
  readonly error?: { readonly status: number; readonly code: string; readonly message: string };
}

/** Answers a repeated call from memory, so that a retry creates nothing a second time. */
export class ClientTokens {
  private readonly records = new Map<string, TokenRecord>();
  private changed: TokenRecord[] = [];

  constructor(private readonly behaviour: Behaviour) {}

  /** Runs `act`, or returns the earlier result if a client made the same call with this token before. */
  once(scope: string, params: Params, now: number, act: () => ResponseBody): ResponseBody {
    const token = params.text("ClientToken");
    if (token === undefined) return act();
    if (token.length > 64 || !/^[\x00-\x7f]*$/.test(token))
      throw new ApiError(400, "InvalidClientToken.Malformed", "The specified ClientToken is malformed: at most 64 ASCII characters.");
    const key = `${scope}/${token}`;
    const fingerprint = fingerprintOf(params);
    const known = this.find(key, now);
    if (known) return replay(known, fingerprint, now, this.behaviour.clientToken);
    try {
      const body = act();
      this.store({ key, fingerprint, at: now, body });
      return body;
    } catch (error) {
      if (error instanceof ApiError && this.behaviour.clientToken.storeFailures !== "no") {
        this.store({ key, fingerprint, at: now, error: { status: error.status, code: error.code, message: error.message } });
      }
      throw error;
    }
  }

  /** Adds a record from the state file. */
  restore(record: TokenRecord): void {
    this.records.set(record.key, record);
  }

  /** The records added since the last call of this method. */
  takeChanged(): TokenRecord[] {
    const { changed } = this;
    this.changed = [];
    return changed;
  }

  private find(key: string, now: number): TokenRecord | undefined {
    const record = this.records.get(key);
    const { window } = this.behaviour.clientToken;
    return record && (window === null || now - record.at < window) ? record : undefined;
  }

  private store(record: TokenRecord): void {
    this.records.set(record.key, record);
    this.changed.push(record);
  }
}

function replay(
  known: TokenRecord,
  fingerprint: string,
  now: number,
  { processing, processingCode, storeFailures, mismatchCode }: Behaviour["clientToken"],
): ResponseBody {
  if (known.fingerprint !== fingerprint || (known.error && storeFailures === "mismatch")) {
    throw new ApiError(
      mismatchCode === "InvalidParamter.Conflict" ? 403 : 400,
      mismatchCode,
      "The request uses the same client token as a previous, but non-identical request. Do not reuse a client token with different requests, unless the requests are identical.",
    );
  }
  if (now - known.at < processing)
    throw new ApiError(
      processingCode === "Idempotence.Processing" ? 400 : 403,
      processingCode,
      "The previous idempotent request is still being processed. Please try again later.",
    );
  if (known.error && storeFailures === "IdempotentFailed")
    throw new ApiError(403, "IdempotentFailed", "The previous request with this client token failed. Use another client token.");
  if (known.error) throw new ApiError(known.error.status, known.error.code, known.error.message);
  return known.body!;
}

function fingerprintOf(params: Params): string {
  const own = Object.entries(params.raw).filter(([name]) => !/^(ClientToken|(Resource)?Owner(Id|Account))$/i.test(name));
  return JSON.stringify(own.sort(([a], [b]) => (a < b ? -1 : 1)));
}
