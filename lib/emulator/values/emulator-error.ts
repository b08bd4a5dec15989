/** The emulator was used in a way it can't work with. */
export class EmulatorError extends Error {
  override readonly name: string = "EmulatorError";
}

/** The state can't be kept: no use of the emulator is at fault, but the disk. */
export class StateFileError extends EmulatorError {
  override readonly name = "StateFileError";
}
