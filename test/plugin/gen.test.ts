import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");

test.each(["tfplugin6", "plugin", "health"])("lib/plugin/gen/%s.ts is up to date with its .proto file", (name) => {
  const out = mkdtempSync(join(tmpdir(), "gen-"));
  try {
    const bin = join(ROOT, "node_modules/.bin");
    const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
    execFileSync(join(bin, "buf"), ["generate", "--output", out, "--path", `lib/plugin/gen/${name}.proto`], {
      cwd: ROOT,
      env,
      stdio: "pipe",
    });
    expect(readFileSync(join(out, "lib/plugin/gen", `${name}.ts`), "utf8")).toBe(
      readFileSync(join(ROOT, "lib/plugin/gen", `${name}.ts`), "utf8"),
    );
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});
