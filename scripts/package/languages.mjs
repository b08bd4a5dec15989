import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { run } from "./tools.mjs";

/** Languages whose packages are sources: a Go module is nothing else, and compiling Java and C# needs their libraries and tools. */
const SOURCES = ["go", "java", "dotnet"];

export const LANGUAGES = ["js", "python", ...SOURCES];

/** @type {{ readonly [language: string]: { readonly probe: readonly [string, ...string[]], readonly lack: string } }} */
const TOOLS = {
  python: {
    probe: ["python3", "-c", "import venv, sys; sys.exit(sys.version_info < (3, 9))"],
    lack: "The Python package needs python3 3.9 or later, with venv, on PATH",
  },
};

/**
 * What is missing on this machine to pack for the language; undefined if nothing is.
 *
 * @param {string} language
 */
export function lackOf(language) {
  const tool = TOOLS[language];
  return tool === undefined || spawnSync(tool.probe[0], tool.probe.slice(1)).status === 0 ? undefined : tool.lack;
}

/**
 * Packs a staged and compiled package for one language.
 *
 * @param {string} language
 * @param {string} folder
 * @param {string} out
 */
export function pack(language, folder, out) {
  const target = join(out, language);
  mkdirSync(target, { recursive: true });
  if (language === "js") return packForNpm(folder, target);
  const scratch = join(folder, "out");
  const options = SOURCES.includes(language) ? ["--code-only"] : [];
  run(
    process.execPath,
    [join(folder, "node_modules/jsii-pacmak/bin/jsii-pacmak"), "--targets", language, ...options, "--rosetta-unknown-snippets", "verbatim"],
    folder,
  );
  // Only the wheel, which pip installs: the source archive beside it has the same content.
  cpSync(join(scratch, language), language === "java" ? join(target, basename(folder)) : target, {
    recursive: true,
    filter: (name) => !name.endsWith(".tar.gz"),
  });
  rmSync(scratch, { recursive: true, force: true });
}

/**
 * Removes the README from the description: the other languages' packages get theirs from there, but npm's has it as a file.
 *
 * @param {string} folder
 * @param {string} target
 */
function packForNpm(folder, target) {
  const file = join(folder, ".jsii");
  const whole = readFileSync(file, "utf8");
  writeFileSync(file, JSON.stringify({ ...JSON.parse(whole), readme: undefined }));
  run("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", target], folder);
  writeFileSync(file, whole);
}
