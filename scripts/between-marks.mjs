/**
 * Replaces the text between two marks of a document. The rest is written by hand, so a missing mark is an error.
 *
 * @param {string} document
 * @param {readonly [begin: string, end: string]} marks
 * @param {string} text
 * @param {{ file: string, what: string }} names for the error message: the file, and what is between the marks
 */
export function betweenMarks(document, [begin, end], text, { file, what }) {
  const from = document.indexOf(begin);
  const to = document.indexOf(end, from + begin.length);
  if (from < 0 || to < 0) throw new Error(`${file} has no marks for the ${what}: ${begin} and ${end}`);
  return document.slice(0, from + begin.length) + text + document.slice(to);
}
