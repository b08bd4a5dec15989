import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CodeCache, codeCacheFolder } from "../../lib/plugin/code-cache";

const nodeRequire = createRequire(__filename);

describe("the code cache", () => {
  let root: string;
  let folder: string;
  let file: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "code-cache-"));
    folder = join(root, "cache");
    file = join(root, "bundle.js");
    writeFileSync(file, 'exports.answer = () => 41 + 1; exports.folder = __dirname; exports.join = require("node:path").join;');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const cache = (where: string | null = folder): CodeCache => new CodeCache({ folder: where, require: nodeRequire });
  const entries = (): string[] => readdirSync(folder).sort();
  const answer = (one: CodeCache): unknown => (one.load(file) as { answer(): unknown }).answer();

  /** Whether a run finds all that it needs: then it writes nothing at its end. */
  function findsAll(): boolean {
    const long = new Date(Date.now() - 3_600_000);
    for (const name of entries()) utimesSync(join(folder, name), long, long);
    const run = cache();
    answer(run);
    run.save();
    return entries().every((name) => Math.round(statSync(join(folder, name)).mtimeMs) === long.getTime());
  }

  function fill(): void {
    const run = cache();
    expect(answer(run)).toBe(42);
    run.save();
  }

  it("runs a bundle as Node's own loader would", () => {
    expect(cache().load(file)).toMatchObject({ folder: root, join });
  });

  it("compiles once, and from then on runs what it has kept, with the same result", () => {
    fill();
    expect(entries()).toEqual([expect.stringMatching(/^bundle\.js-[0-9a-f]{16}-v\d+\.\d+\.\d+-\w+\.bin$/)]);
    expect(findsAll()).toBe(true);
    expect(answer(cache())).toBe(42);
  });

  it("keeps bundles that are required by a relative path, too, and runs each once", () => {
    writeFileSync(join(root, "late.js"), "module.exports = { late: true };");
    writeFileSync(file, 'exports.answer = () => require("./late.js") === require("./late.js");');
    const run = cache();
    expect(answer(run)).toBe(true);
    run.save();
    expect(entries().map((name) => name.split("-")[0])).toEqual(["bundle.js", "late.js"]);
  });

  it("never runs old code for a new bundle, be it as long as the old one", () => {
    fill();
    writeFileSync(file, readFileSync(file, "utf8").replace("41", "43"));
    expect(answer(cache())).toBe(44);
  });

  it.each([
    ["cut short", (content: Buffer) => content.subarray(0, content.length / 2)],
    ["changed", (content: Buffer) => Buffer.from(content.map((byte, i) => (i === content.length >> 1 ? byte ^ 1 : byte)))],
    ["empty", () => Buffer.alloc(0)],
  ])("compiles again where what was kept is %s", (_, damage) => {
    fill();
    const path = join(folder, entries()[0]!);
    writeFileSync(path, damage(readFileSync(path)));
    expect(findsAll()).toBe(false);
    expect(findsAll()).toBe(true);
  });

  it("is open to this user alone", () => {
    fill();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, entries()[0]!)).mode & 0o777).toBe(0o600);
  });

  it.each([
    ["that others may read", () => (mkdirSync(folder), chmodSync(folder, 0o750))],
    ["that is a link", () => (mkdirSync(join(root, "elsewhere"), { mode: 0o700 }), symlinkSync(join(root, "elsewhere"), folder))],
    ["that is a file", () => writeFileSync(folder, "")],
  ])("is not used in a place %s", (_, make) => {
    make();
    const run = cache();
    expect(answer(run)).toBe(42);
    run.save();
    expect(statSync(folder).isDirectory() ? entries() : []).toEqual([]);
  });

  it("does without where there is none", () => {
    const run = cache(null);
    expect(answer(run)).toBe(42);
    run.save();
    expect(readdirSync(root)).toEqual(["bundle.js"]);
  });

  it("drops what was not written for a month", () => {
    fill();
    const old = join(folder, "of-another-version.bin");
    writeFileSync(old, "");
    utimesSync(old, 0, 0);
    writeFileSync(file, "exports.answer = () => 42;");
    fill();
    expect(entries()).not.toContain("of-another-version.bin");
    expect(entries()).toHaveLength(2);
  });
});

test.each([
  [{}, "/home/me/.cache/terraform-provider-imagetask"],
  [{ XDG_CACHE_HOME: "/caches" }, "/caches/terraform-provider-imagetask"],
  [{ XDG_CACHE_HOME: "/caches", NODE_COMPILE_CACHE: "/node" }, "/node/terraform-provider-imagetask"],
  [{ NODE_COMPILE_CACHE: "/node", NODE_DISABLE_COMPILE_CACHE: "1" }, null],
])("with %j compiled code is kept in %s", (env, folder) => {
  expect(codeCacheFolder(env, () => "/home/me")).toBe(folder);
});
