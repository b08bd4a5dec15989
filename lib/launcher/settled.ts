/** The promise of a call with a callback. Not `fs.promises`: that takes a millisecond to be loaded, in every start. */
export function settled<T>(call: (done: (error: Error | null, value: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => call((error, value) => (error ? reject(error) : resolve(value))));
}
