/**
 * A document with other text between two marks; the rest is written by hand, so a missing mark is an error.
 *
 * @param what stands there, for the error
 */
export function betweenMarks(document, [begin, end], text, { file, what }) {
  const from = document.indexOf(begin);
  const to = document.indexOf(end, from + begin.length);
  if (from < 0 || to < 0) throw new Error(`${file} has no marks for the ${what}: ${begin} and ${end}`);
  return document.slice(0, from + begin.length) + text + document.slice(to);
}
