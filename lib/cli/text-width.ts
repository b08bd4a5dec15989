/** What takes two columns on a terminal: Chinese, Japanese and Korean characters, and pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const NO_WIDTH = /\p{M}/u;
const COLOUR = /\x1b\[\d*m/g;

/** How many columns of a terminal the text takes. */
export const widthOf = (text: string): number => [...text.replace(COLOUR, "")].reduce((sum, character) => sum + widthOfOne(character), 0);

/** The text, without colours, cut to so many columns; three dots show that it was. */
export function cutTo(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = "";
  let width = 0;
  for (const character of text) {
    width += widthOfOne(character);
    if (width > columns - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** The text with blanks up to so many columns. */
export const padTo = (text: string, columns: number): string => `${text}${" ".repeat(Math.max(0, columns - widthOf(text)))}`;

const widthOfOne = (character: string): number => (NO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1);
