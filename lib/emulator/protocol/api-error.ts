/** What an API call is refused with; the gateway writes it as ECS writes its errors. */
export class EcsError extends Error {
  override readonly name = "EcsError";

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
export function missingParameter(name: string, status = 400): EcsError {
  return new EcsError(
    status,
    "MissingParameter",
    `An input parameter "${name}" that is mandatory for processing the request is not supplied.`,
  );
}

/** A parameter has a value for which the API reference names no code of its own. */
export function invalidParameter(name: string, value: string, allowed: string): EcsError {
  return new EcsError(400, `InvalidParameter.${name}`, `The specified parameter "${name}" is not valid: "${value}". Allowed: ${allowed}.`);
}

/** The emulator was used in a way it can't work with. */
export class EmulatorError extends Error {
  override readonly name: string = "EmulatorError";
}

/** The state can't be kept: no use of the emulator is at fault, but the disk. */
export class StateFileError extends EmulatorError {
  override readonly name = "StateFileError";
}

/** A bug of the emulator is answered as ECS answers its own, with what went wrong in its message; so is a full disk. */
export function internalError(error: unknown): EcsError {
  if (error instanceof StateFileError) return new EcsError(500, "InternalError", error.message);
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new EcsError(500, "InternalError", `The emulator failed: ${what}`);
}
