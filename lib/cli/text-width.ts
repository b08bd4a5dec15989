/** Characters that take two columns on a terminal: Chinese, Japanese, Korean and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const NO_WIDTH = /\p{M}/u;
const COLOUR = /\x1b\[\d*m/g;

/** The number of columns that the text takes on a terminal. */
export const widthOf = (text: string): number => [...text.replace(COLOUR, "")].reduce((sum, character) => sum + widthOfOne(character), 0);

/** Cuts a text without colours to this number of columns; an ellipsis marks the cut. */
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

/** Pads the text with blanks to this number of columns. */
export const padTo = (text: string, columns: number): string => `${text}${" ".repeat(Math.max(0, columns - widthOf(text)))}`;

const widthOfOne = (character: string): number => (NO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1);
