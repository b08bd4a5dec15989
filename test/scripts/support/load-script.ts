import { buildSync } from "esbuild";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export const ROOT = join(__dirname, "../../..");

/** The exports of a script. Scripts are ES modules, which are bundled to CommonJS for Jest. */
export function loadScript<Exports>(path: string): Exports {
  const file = join(ROOT, path);
  const { outputFiles } = buildSync({
    entryPoints: [file],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    define: { "import.meta.url": JSON.stringify(pathToFileURL(file).href) },
  });
  const script = { exports: {} as Exports };
  new Function("module", "exports", "require", outputFiles[0]!.text)(script, script.exports, createRequire(file));
  return script.exports;
}
