/** Characters; what is longer is no slip of the pen, and comparing takes the product of both lengths. */
const LONGEST = 200;

/** The candidate that the text was most likely meant to be, or null when none is near. */
export function nearest(text: string, candidates: readonly string[]): string | null {
  if (text.length > LONGEST) return null;
  const wanted = plain(text);
  if (wanted === "") return null;
  let best: { readonly candidate: string; readonly distance: number } | null = null;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, plain(candidate));
    if (!best || distance < best.distance) best = { candidate, distance };
  }
  const near = Math.min(2, Math.floor(wanted.length / 3));
  return best && best.distance <= near ? best.candidate : null;
}

/** Letters and digits alone: case, blanks and dashes are where people slip. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** How many single-character changes lead from one text to the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length];
}
