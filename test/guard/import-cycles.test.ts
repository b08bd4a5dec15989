import { readdirSync, readFileSync } from "node:fs";
import { join, posix, resolve, sep } from "node:path";
import { preProcessFile } from "typescript";

const ROOT = resolve(__dirname, "../..");

/** ESLint's `import-x/no-cycle` ignores imports of types, which tie files together as much as other imports do. */
test("no file of lib imports itself through other files, not even for types", () => {
  const files = new Set(
    readdirSync(join(ROOT, "lib"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => posix.join("lib", ...file.split(sep))),
  );
  const imports = new Map([...files].map((file) => [file, importsOf(file, files)]));
  expect(imports.get("lib/handler/context.ts")).toContain("lib/handler/task/gateway.ts");
  expect(cyclesIn(imports)).toEqual([]);
});

function importsOf(file: string, files: ReadonlySet<string>): readonly string[] {
  return preProcessFile(readFileSync(join(ROOT, file), "utf8")).importedFiles.flatMap(({ fileName }) => {
    const path = posix.join(posix.dirname(file), fileName);
    return fileName.startsWith(".") ? [`${path}.ts`, `${path}/index.ts`].filter((candidate) => files.has(candidate)) : [];
  });
}

/** One cycle for each file that closes one: `a → b → a`. */
function cyclesIn(imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) return void cycles.push([...path.slice(path.indexOf(file)), file].join(" → "));
    if (done.has(file)) return;
    for (const imported of imports.get(file) ?? []) visit(imported, [...path, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return cycles;
}
