import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");
const CONTRACT = readFileSync(join(ROOT, "docs/what-happens-when.md"), "utf8");

const tests = readdirSync(join(ROOT, "test"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) => ({ file, text: readFileSync(join(ROOT, "test", file), "utf8") }));

/** Test titles cite a row as "contract row 7". */
const citing = (row: number): string[] =>
  tests.filter(({ text }) => new RegExp(`contract row ${row}\\b`).test(text)).map(({ file }) => file);

const rows = [...CONTRACT.matchAll(/^\| (\d+) \|/gm)].map(([, number]) => Number(number));

test("the rows of docs/what-happens-when.md are numbered from 1 without gaps", () => {
  expect(rows.length).toBeGreaterThan(10);
  expect(rows).toEqual(rows.map((_, index) => index + 1));
});

test.each(rows)("row %i of docs/what-happens-when.md is cited by a test", (row) => {
  expect(citing(row)).not.toEqual([]);
});

test("tests cite only rows that exist", () => {
  const cited = tests.flatMap(({ text }) => [...text.matchAll(/contract row (\d+)/g)].map(([, number]) => Number(number)));
  expect(cited.filter((number) => !rows.includes(number))).toEqual([]);
});

test("every code in CancelTask's error table occurs in a test that cites row 9", () => {
  const section = CONTRACT.slice(
    CONTRACT.indexOf("## CancelTask's errors"),
    CONTRACT.indexOf("## ", CONTRACT.indexOf("## CancelTask's errors") + 3),
  );
  const codes = [...section.matchAll(/^\| (`.*`) \|/gm)].flatMap(([, cell]) => [...cell!.matchAll(/`([^`]+)`/g)].map(([, code]) => code!));
  const ofRow9 = tests.filter(({ file }) => citing(9).includes(file)).map(({ text }) => text);
  expect(codes.length).toBeGreaterThan(5);
  expect(codes.filter((code) => !ofRow9.some((text) => text.includes(code)))).toEqual([]);
});
