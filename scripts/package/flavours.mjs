/**
 * The CDKs that the constructs are packed for. Their sources are written for cdktf; its fork cdktn has the same classes under its
 * own name.
 *
 * @typedef {object} Flavour
 * @property {"cdktf" | "cdktn"} name the library, and its command
 * @property {{ readonly [name: string]: string }} peerDependencies
 */

/** @type {Flavour} */
export const CDKTF = { name: "cdktf", peerDependencies: { cdktf: ">=0.20.0 <1", constructs: "^10.3.0" } };
/** @type {Flavour} */
const CDKTN = { name: "cdktn", peerDependencies: { cdktn: ">=0.24.0 <1", constructs: ">=10.6.0 <10.8.0" } };

export const FLAVOURS = [CDKTF, CDKTN];

/** Names that the fork did not change: files, folders, environment variables, and the symbols that identify constructs. */
const KEPT = /(?<!\w)cdktf(?=\/|\.json|\.out)|CDKTF_\w*/;
const WORD = new RegExp(`(${KEPT.source})|(?<![A-Za-z0-9])(cdktf|CDKTF)(?=$|[^A-Za-z0-9]|alicloudimagetasks)`, "g");

/** Markdown for readers of only cdktf, or only cdktn. */
const FOR_CDKTF = /<!-- cdktf -->[\s\S]*?<!-- \/cdktf -->/g;
const FOR_CDKTN = /<!-- cdktn: ([\s\S]*?) -->/g;

/**
 * Converts source, compiled code or text to the flavour.
 *
 * @param {string} text written for cdktf
 * @param {Flavour} flavour
 */
export function inFlavour(text, { name }) {
  if (name === CDKTF.name) return text;
  return text
    .replace(FOR_CDKTF, "")
    .replace(FOR_CDKTN, "$1")
    .replace(WORD, (whole, kept) => kept ?? (whole === "CDKTF" ? name.toUpperCase() : name));
}
