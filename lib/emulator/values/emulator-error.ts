/** The emulator is configured or used incorrectly. */
export class EmulatorError extends Error {
  override readonly name: string = "EmulatorError";
}

/** The emulator can't read or write the state file. The cause is the disk, not the caller. */
export class StateFileError extends EmulatorError {
  override readonly name = "StateFileError";
}
