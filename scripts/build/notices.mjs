import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { LICENCES, namedLicences } from "./licences.mjs";

/** The file's name, in the plugin's folder and in the package's root. */
export const NOTICES = "THIRD-PARTY-NOTICES.txt";

const RULE = "-".repeat(80);

/**
 * Returns the copyrights and licences of every package that contains one of the inputs. Fails if a package names a licence whose text is
 * not in licences.mjs.
 *
 * @param {string} root the project's folder
 * @param {readonly string[]} inputs the bundled files, relative to it
 */
export async function notices(root, inputs) {
  /** @type {Map<string, string[]>} */
  const folders = new Map();
  for (const input of inputs) {
    const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
    if (folder !== undefined) folders.set(folder, [...(folders.get(folder) ?? []), input]);
  }
  const entries = await Promise.all([...folders].map(([folder, files]) => entryOf(root, folder, files.sort())));
  const distinct = new Map(entries.map((entry) => [`${entry.title}\n${entry.text}`, entry]));
  const sorted = [...distinct.values()].sort((a, b) => (a.title < b.title ? -1 : 1));
  const needed = [...new Set(sorted.flatMap(({ needs }) => needs))].sort();
  return [
    "The provider plugin of this package contains code of the packages below, under their own licences.\n",
    ...sorted.map(({ title, text }) => section(title, text)),
    ...needed.map((id) => section(`The text of the licence ${id}`, LICENCES[id] ?? "")),
  ].join("\n");
}

/** @param {string} title @param {string} text */
const section = (title, text) => `${RULE}\n${title}\n${RULE}\n\n${text.trim()}\n`;

/**
 * @param {string} root
 * @param {string} folder
 * @param {readonly string[]} files of that folder
 */
async function entryOf(root, folder, files) {
  const { name, version, license, author } = JSON.parse(await readFile(join(root, folder, "package.json"), "utf8"));
  const own = await licenceText(join(root, folder));
  const isWhole = WHOLE.test(own ?? "");
  const stated = own !== undefined && namedLicences(own).length > 0 ? own : String(license);
  const needs = isWhole ? [] : namedLicences(stated);
  if (!isWhole && needs.length === 0)
    throw new Error(
      `${folder} is bundled, but its licence ("${stated}") is none of ${Object.keys(LICENCES).join(", ")}. Add its text to scripts/build/licences.mjs.`,
    );
  const by = typeof author === "string" ? author : author?.name;
  const text = [
    own ?? `The package brings no licence text; its package.json says: licence ${license}${by ? `, by ${by}` : ""}.`,
    ...(needs.length > 0 ? [`See below for the text of ${needs.join(" and ")}.`] : []),
    ...(await copyrightComments(root, files)),
  ].join("\n\n");
  return { title: `${name} ${version} (${license ?? "no licence stated in package.json"})`, text, needs };
}

/** Words that occur only in a licence. */
const WHOLE = /Permission is hereby granted|Permission to use, copy|Redistribution and use|TERMS AND CONDITIONS FOR USE/;

/**
 * Returns the licence file, or else what the README says about the licence.
 *
 * @param {string} folder
 */
async function licenceText(folder) {
  const names = (await readdir(folder)).sort();
  const files = names.filter((name) => /^(licen[cs]e|notice|copying)/i.test(name));
  if (files.length) return (await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")))).join("\n\n");
  const readme = names.find((name) => /^readme/i.test(name));
  if (readme === undefined) return undefined;
  return /^(?:#+ *licen[cs]e\b.*|licen[cs]e\s*\n[-=]+)$[\s\S]*/im.exec(await readFile(join(folder, readme), "utf8"))?.[0];
}

/**
 * Returns the copyrights in the sources: a package may contain code of other authors, under another licence.
 *
 * @param {string} root
 * @param {readonly string[]} files
 */
async function copyrightComments(root, files) {
  const comments = new Set();
  for (const file of files) {
    const source = await readFile(join(root, file), "utf8");
    for (const [comment] of source.matchAll(/\/\*[\s\S]*?\*\/|(?:^[ \t]*\/\/.*\n)+/gm))
      if (/copyright (?:\(c\)|©|\d{4})|@license\b/i.test(comment)) comments.add(plain(comment));
  }
  return [...comments].sort();
}

/** @param {string} comment */
function plain(comment) {
  return comment
    .replace(/^\s*\/\*[*!]*|\*+\/\s*$/g, "")
    .split("\n")
    .map((line) => line.replace(/^\s*(?:\*|\/\/)? ?/, "").trimEnd())
    .join("\n")
    .trim();
}
