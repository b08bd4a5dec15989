import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CodeCache, codeCacheFolder, type CodeStore } from "../../lib/launcher/code-cache";

const nodeRequire = createRequire(__filename);

describe("the code cache", () => {
  let root: string;
  let file: string;
  let kept: Map<string, Buffer>;
  let writes: number;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "code-cache-"));
    file = join(root, "bundle.js");
    writeFileSync(file, 'exports.answer = () => 41 + 1; exports.folder = __dirname; exports.join = require("node:path").join;');
    kept = new Map();
    writes = 0;
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const store: CodeStore = {
    read: async (name) => kept.get(name),
    write: async (entries) => {
      writes++;
      for (const [name, content] of entries) kept.set(name, content);
    },
  };
  const cache = (where: CodeStore | null = store): CodeCache => new CodeCache({ store: where, require: nodeRequire });
  const load = (one: CodeCache, late = false): Promise<{ answer(): number }> =>
    one.load(file, readFileSync(file), late) as Promise<{ answer(): number }>;

  /** A start of the plugin: loads the bundle, runs it and saves the compiled code. */
  async function run(late = false): Promise<number> {
    const one = cache();
    const answer = (await load(one, late)).answer();
    await one.save();
    return answer;
  }

  /** Whether a run finds all its code compiled: then it writes nothing at its end. */
  async function findsAll(): Promise<boolean> {
    const before = writes;
    expect(await run()).toBe(42);
    return writes === before;
  }

  test("runs a bundle as Node's own loader does", async () => {
    expect(await load(cache())).toMatchObject({ folder: root, join });
  });

  test.each([
    ["at the start", false],
    ["late", true],
  ])("a bundle that is loaded %s is compiled once, and later runs use the compiled code with the same result", async (_, late) => {
    expect(await run(late)).toBe(42);
    expect([...kept.keys()]).toEqual([expect.stringMatching(/^bundle\.js-[0-9a-f]{16}-v\d+\.\d+\.\d+-\w+\.bin$/)]);
    expect(await findsAll()).toBe(true);
  });

  test("a changed bundle of the same length is compiled again", async () => {
    await run();
    writeFileSync(file, readFileSync(file, "utf8").replace("41", "43"));
    expect(await run()).toBe(44);
  });

  test.each([
    ["truncated", (content: Buffer) => content.subarray(0, content.length / 2)],
    ["changed", (content: Buffer) => Buffer.from(content.map((byte, i) => (i === content.length >> 1 ? byte ^ 1 : byte)))],
    ["empty", () => Buffer.alloc(0)],
  ])("compiles again if the compiled code is %s", async (_, damage) => {
    await run();
    for (const [name, content] of kept) kept.set(name, damage(content));
    expect(await findsAll()).toBe(false);
    expect(await findsAll()).toBe(true);
  });

  test("without a store the bundle runs and nothing is written", async () => {
    const one = cache(null);
    expect((await load(one)).answer()).toBe(42);
    await one.save();
    expect(kept.size).toBe(0);
  });
});

test.each([
  [{}, undefined, "/home/me", "/home/me/.cache/terraform-provider-imagetask"],
  [{ XDG_CACHE_HOME: "/caches" }, undefined, "/home/me", "/caches/terraform-provider-imagetask"],
  [{ XDG_CACHE_HOME: "/caches" }, "/node", "/home/me", "/node/terraform-provider-imagetask"],
  [{ NODE_DISABLE_COMPILE_CACHE: "1" }, "/node", "/home/me", null],
  // A relative path is ignored: it would be within the folder of the stack.
  [{ XDG_CACHE_HOME: "caches" }, "./node", "/home/me", "/home/me/.cache/terraform-provider-imagetask"],
  [{}, undefined, "", null],
])("with %j, NODE_COMPILE_CACHE %s and the home %s the compiled code is in %s", (env, compileCache, home, folder) => {
  expect(codeCacheFolder("imagetask", env, compileCache, home)).toBe(folder);
});
