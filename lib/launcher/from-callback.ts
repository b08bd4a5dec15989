/** The promise of a call that takes a callback. Not `fs.promises`: loading that costs a millisecond of every start. */
export function fromCallback<T>(call: (done: (error: Error | null, value: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => call((error, value) => (error ? reject(error) : resolve(value))));
}
