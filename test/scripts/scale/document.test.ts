import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../../..");

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "scale-document-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs code as a module in the root of the package. */
function run(code: string): { readonly stdout: string; readonly stderr: string } {
  return spawnSync(process.execPath, ["--input-type=module", "-e", code], { cwd: ROOT, encoding: "utf8" });
}

function write(document: string, tables: { readonly [name: string]: string }): { readonly document: string; readonly stderr: string } {
  const file = join(folder, "scale.md");
  writeFileSync(file, document);
  const { stderr } = run(
    `import { writeTables } from "./scripts/scale/document.mjs"; writeTables(${JSON.stringify(file)}, ${JSON.stringify(tables)});`,
  );
  return { document: readFileSync(file, "utf8"), stderr };
}

describe("the tables of docs/scale.md", () => {
  test("are written between their marks, and the rest stays unchanged", () => {
    const before = "# Title\n<!-- table: a -->\nold\n<!-- end of table -->\nprose\n<!-- table: b -->\n<!-- end of table -->\n";

    const { document } = write(before, { a: "| $1 |", b: "| B |" });

    expect(document).toBe(
      "# Title\n<!-- table: a -->\n\n| $1 |\n\n<!-- end of table -->\nprose\n<!-- table: b -->\n\n| B |\n\n<!-- end of table -->\n",
    );
  });

  test("are not written if a mark is missing, and the error names it", () => {
    const { document, stderr } = write("<!-- table: a -->\n<!-- end of table -->\n", { a: "| A |", b: "| B |" });

    expect(stderr).toContain('has no marks for the table "b"');
    expect(document).not.toContain("| A |");
  });

  test("have a row for each scenario", () => {
    const { stdout } = run(
      'import { TABLES } from "./scripts/scale/grids.mjs"; console.log(JSON.stringify(Object.entries(TABLES).map(([name, { rows }]) => [name, rows.length])));',
    );
    const written = readFileSync(join(ROOT, "docs/scale.md"), "utf8");

    const counts = [...written.matchAll(/<!-- table: (\w+) -->\n([^]*?)<!-- end of table -->/g)].map(([, name, table]) => [
      name,
      table!.split("\n").filter((line) => line.startsWith("|")).length - 2,
    ]);

    expect(Object.fromEntries(counts)).toEqual(Object.fromEntries(JSON.parse(stdout) as [string, number][]));
  });
});
