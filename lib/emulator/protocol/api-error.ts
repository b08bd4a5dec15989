import { StateFileError } from "../values/emulator-error";

/** The error that the emulator answers to an API call. The dispatcher writes it in ECS's format. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    /** The HTTP status. */
    readonly status: number,
    readonly code: string,
    message: string,
    /** Members of the answer besides RequestId, HostId, Code, Message and Recommend. */
    readonly extra: { readonly [name: string]: unknown } = {},
  ) {
    super(message);
  }
}

/** The error for a missing parameter. */
export function missingParameter(name: string, status = 400): ApiError {
  return new ApiError(
    status,
    "MissingParameter",
    `An input parameter "${name}" that is mandatory for processing the request is not supplied.`,
  );
}

/** The error for a wrong value, if the API reference has no specific code for it. */
export function invalidParameter(name: string, value: string, allowed: string): ApiError {
  return new ApiError(400, `InvalidParameter.${name}`, `The specified parameter "${name}" is not valid: "${value}". Allowed: ${allowed}.`);
}

/** Turns a bug in the emulator, or a full disk, into ECS's InternalError, with the cause in its message. */
export function internalError(error: unknown): ApiError {
  if (error instanceof StateFileError) return new ApiError(500, "InternalError", error.message);
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new ApiError(500, "InternalError", `The emulator failed: ${what}`);
}
