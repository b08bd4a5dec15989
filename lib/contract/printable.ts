/** What drives a terminal or makes text look other than it is: controls, bidi and zero-width characters, lone surrogates. */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
/** Everything that starts a new line somewhere, and blanks. */
const GAP = /[\s\p{Zl}\p{Zp}\u0085\u001c-\u001e]+/gu;

/** The text with nothing in it that a reader cannot see. Line breaks and tabs stay. */
export function printable(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(UNSEEN, "");
}

/** Somebody else's words within a message of ours: on one line, so that they cannot pass for another message, and shortened. */
export function oneLine(text: string, most = 500): string {
  // Cut before it is cleaned, too: an answer of many megabytes takes no time.
  const line = printable(text.slice(0, most * 4).replace(GAP, " ")).trim();
  const characters = [...line];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : line;
}
