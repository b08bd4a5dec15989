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

  /** A run from its start to its end. */
  async function run(late = false): Promise<number> {
    const one = cache();
    const answer = (await load(one, late)).answer();
    await one.save();
    return answer;
  }

  /** Whether a run finds all that it needs: then it writes nothing at its end. */
  async function findsAll(): Promise<boolean> {
    const before = writes;
    expect(await run()).toBe(42);
    return writes === before;
  }

  test("runs a bundle as Node's own loader would", async () => {
    expect(await load(cache())).toMatchObject({ folder: root, join });
  });

  test.each([
    ["at the start", false],
    ["late", true],
  ])("compiles once what is loaded %s, and from then on runs what it has kept, with the same result", async (_, late) => {
    expect(await run(late)).toBe(42);
    expect([...kept.keys()]).toEqual([expect.stringMatching(/^bundle\.js-[0-9a-f]{16}-v\d+\.\d+\.\d+-\w+\.bin$/)]);
    expect(await findsAll()).toBe(true);
  });

  test("never runs old code for a new bundle, be it as long as the old one", async () => {
    await run();
    writeFileSync(file, readFileSync(file, "utf8").replace("41", "43"));
    expect(await run()).toBe(44);
  });

  test.each([
    ["cut short", (content: Buffer) => content.subarray(0, content.length / 2)],
    ["changed", (content: Buffer) => Buffer.from(content.map((byte, i) => (i === content.length >> 1 ? byte ^ 1 : byte)))],
    ["empty", () => Buffer.alloc(0)],
  ])("compiles again where what was kept is %s", async (_, damage) => {
    await run();
    for (const [name, content] of kept) kept.set(name, damage(content));
    expect(await findsAll()).toBe(false);
    expect(await findsAll()).toBe(true);
  });

  test("does without where there is none", async () => {
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
  // It would be the folder of the stack.
  [{ XDG_CACHE_HOME: "caches" }, "./node", "/home/me", "/home/me/.cache/terraform-provider-imagetask"],
  [{}, undefined, "", null],
])("with %j, NODE_COMPILE_CACHE %s and the home %s compiled code is kept in %s", (env, compileCache, home, folder) => {
  expect(codeCacheFolder("imagetask", env, compileCache, home)).toBe(folder);
});
