import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const ROOT = resolve(__dirname, "..");
const { repository } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { repository: { url: string } };
/** Links to this repository may be absolute: they count as links to its files. */
const OURS = `${repository.url.replace(/^git\+|\.git$/g, "")}/blob/main/`;

const documents = [
  ...["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "lib/emulator/behaviour.md"],
  ...readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

test.each(documents)("the file and the heading of every link in %s exist", (document) => {
  expect(linksOf(document).filter((link) => !leadsSomewhere(document, link))).toEqual([]);
});

test("links and names of files are found in the documents", () => {
  expect(documents.flatMap(linksOf).length).toBeGreaterThan(100);
  expect(documents.flatMap(filesNamedIn).length).toBeGreaterThan(100);
});

test.each(documents)("every file of this repository that %s names in code exists", (document) => {
  expect(filesNamedIn(document).filter((path) => !exists(path))).toEqual([]);
});

test("headings have the anchors that GitHub gives them", () => {
  expect(anchorsIn("# What happens when…\n## `plan` says: 1, 2\n## Twice\n## Twice\n```sh\n# no heading\n```")).toEqual(
    new Set(["what-happens-when", "plan-says-1-2", "twice", "twice-1"]),
  );
});

/** Paths in the repository's folders, such as `lib/index.ts`, without globs and placeholders. The changelog may name files that are gone. */
function filesNamedIn(document: string): string[] {
  if (document === "CHANGELOG.md") return [];
  const codes = readFileSync(join(ROOT, document), "utf8")
    .replace(FENCED, "")
    .matchAll(/`([^`\n]+)`/g);
  const words = [...codes].flatMap(([, code]) => code!.split(/\s+/));
  return words.filter((word) => /^(lib|test|docs|scripts|examples|\.ci)\/[\w./-]+$/.test(word));
}

/** `lib/imports/` is generated. */
const exists = (path: string): boolean => existsSync(join(ROOT, path)) || path.startsWith("lib/imports/");

function linksOf(document: string): string[] {
  const links = withoutCode(readFileSync(join(ROOT, document), "utf8")).matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g);
  return [...links].map(([, target]) => target!);
}

function leadsSomewhere(document: string, link: string): boolean {
  const local = link.startsWith(OURS) ? `/${link.slice(OURS.length)}` : link;
  if (/^[a-z]+:/i.test(local)) return true;
  const [path, anchor] = local.split("#") as [string, string?];
  const file = path === "" ? join(ROOT, document) : path.startsWith("/") ? join(ROOT, path) : resolve(ROOT, dirname(document), path);
  if (!existsSync(file) || relative(ROOT, file).startsWith("..")) return false;
  return anchor === undefined || !statSync(file).isFile() || !file.endsWith(".md") || anchorsIn(readFileSync(file, "utf8")).has(anchor);
}

/** The anchors that GitHub gives the headings: lower case, no punctuation, hyphens for blanks, a number for each repetition. */
function anchorsIn(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading] of text.replace(FENCED, "").matchAll(/^#{1,6} +(.+?)\s*$/gm)) {
    const plain = heading!.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1");
    const slug = plain
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-");
    let anchor = slug;
    for (let i = 1; anchors.has(anchor); i++) anchor = `${slug}-${i}`;
    anchors.add(anchor);
  }
  for (const [, id] of text.matchAll(/<a (?:id|name)="([^"]+)"/g)) anchors.add(id!);
  return anchors;
}

const FENCED = /^(```|~~~)[\s\S]*?^\1/gm;

function withoutCode(text: string): string {
  return text.replace(FENCED, "").replace(/`[^`\n]*`/g, "");
}
