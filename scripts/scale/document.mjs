import { readFileSync, writeFileSync } from "node:fs";
import { betweenMarks } from "../between-marks.mjs";

/**
 * Puts each table between its marks, `<!-- table: NAME -->` and `<!-- end of table -->`; the rest is written by hand.
 *
 * @param {string} file
 * @param {{ readonly [name: string]: string }} tables
 */
export function writeTables(file, tables) {
  /**
   * @param {string} document
   * @param {readonly [string, string]} table
   */
  const put = (document, [name, table]) =>
    betweenMarks(document, [`<!-- table: ${name} -->`, "<!-- end of table -->"], `\n\n${table}\n\n`, { file, what: `table "${name}"` });
  writeFileSync(file, Object.entries(tables).reduce(put, readFileSync(file, "utf8")));
}
