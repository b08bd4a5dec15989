/** Characters that control a terminal or disguise text: control, bidi and zero-width characters, lone surrogates. */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
/** Blanks, and all characters that some program treats as a line break. */
const GAP = /[\s\p{Zl}\p{Zp}\u0085\u001c-\u001e]+/gu;

/** The text without characters that a reader cannot see. Keeps line breaks and tabs. */
export function printable(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(UNSEEN, "");
}

/** Quotes foreign text in a message: shortened, and on one line so that it cannot imitate another message. */
export function oneLine(text: string, most = 500): string {
  // Cut before cleaning as well, so that an answer of many megabytes does not take long.
  const line = printable(text.slice(0, most * 4).replace(GAP, " ")).trim();
  const characters = [...line];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : line;
}
