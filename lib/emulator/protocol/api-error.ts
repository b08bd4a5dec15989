import { StateFileError } from "../values/emulator-error";

/** What an API call is refused with; the gateway writes it as ECS writes its errors. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    /** The HTTP status. */
    readonly status: number,
    readonly code: string,
    message: string,
    /** Members beside RequestId, HostId, Code, Message and Recommend. */
    readonly extra: { readonly [name: string]: unknown } = {},
  ) {
    super(message);
  }
}

/** A parameter that has to be there isn't. */
export function missingParameter(name: string, status = 400): ApiError {
  return new ApiError(
    status,
    "MissingParameter",
    `An input parameter "${name}" that is mandatory for processing the request is not supplied.`,
  );
}

/** A parameter has a value for which the API reference names no code of its own. */
export function invalidParameter(name: string, value: string, allowed: string): ApiError {
  return new ApiError(400, `InvalidParameter.${name}`, `The specified parameter "${name}" is not valid: "${value}". Allowed: ${allowed}.`);
}

/** A bug of the emulator is answered as ECS answers its own, with what went wrong in its message; so is a full disk. */
export function internalError(error: unknown): ApiError {
  if (error instanceof StateFileError) return new ApiError(500, "InternalError", error.message);
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new ApiError(500, "InternalError", `The emulator failed: ${what}`);
}
