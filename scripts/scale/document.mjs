import { readFileSync, writeFileSync } from "node:fs";

/** Puts each table between its marks, `<!-- table: NAME -->` and `<!-- end of table -->`; the rest is written by hand. */
export function writeTables(file, tables) {
  let document = readFileSync(file, "utf8");
  for (const [name, table] of Object.entries(tables)) {
    const pattern = new RegExp(`(<!-- table: ${name} -->\n)[^]*?(<!-- end of table -->)`);
    if (!pattern.test(document))
      throw new Error(`${file} has no marks for the table "${name}": <!-- table: ${name} --> and <!-- end of table -->`);
    document = document.replace(pattern, (_, begin, end) => `${begin}\n${table}\n\n${end}`);
  }
  writeFileSync(file, document);
}
