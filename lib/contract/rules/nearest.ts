/** In characters. Longer texts are unlikely to be typing errors, and comparing takes the product of both lengths. */
const LONGEST = 200;

/** The candidate that the user probably meant; null if none is similar. */
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

/** Only letters and digits, because typing errors are mostly in case, blanks and dashes. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** The number of single-character changes from one text to the other (Levenshtein). */
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
