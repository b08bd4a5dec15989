/** Turns a call with a callback into a promise. `fs.promises` is not used because loading it costs a millisecond of every start. */
export function fromCallback<T>(call: (done: (error: Error | null, value: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => call((error, value) => (error ? reject(error) : resolve(value))));
}
