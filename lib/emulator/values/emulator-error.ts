/** The emulator was configured or used wrongly. */
export class EmulatorError extends Error {
  override readonly name: string = "EmulatorError";
}

/** The state file can't be read or written. The disk is at fault, not the caller. */
export class StateFileError extends EmulatorError {
  override readonly name = "StateFileError";
}
