import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import * as constructs from "../lib";

const lib = join(__dirname, "../lib");

test("the package exports exactly the public names", () => {
  expect(Object.keys(constructs).sort()).toEqual([
    "DataImagetaskTasks",
    "IMAGE_EXPORT_ROLE",
    "IMAGE_IMPORT_ROLE",
    "ImageCopy",
    "ImageExport",
    "ImageImport",
    "ImageTaskGuardrails",
    "ImageTaskPipeline",
    "ImageTaskPolicy",
    "ImageTaskProvider",
    "ImageTaskReaper",
    "ImageTaskRoles",
    "ImageTaskValidationError",
    "ImagetaskCompletion",
    "ImagetaskCopy",
    "ImagetaskExport",
    "ImagetaskImport",
    "ProviderPackageError",
    "alicloud",
    "imageTaskPolicy",
    "imagetask",
  ]);
});

test("the constructs load neither the SDK nor the plugin, the handler or the emulator", async () => {
  const { metafile } = await build({
    entryPoints: [join(lib, "index.ts")],
    bundle: true,
    write: false,
    platform: "node",
    metafile: true,
    packages: "external",
    logLevel: "error",
  });
  const outside = Object.keys(metafile.inputs).filter((file) => !/^lib\/([^/]+\.ts$|private\/|contract\/|imports\/)/.test(file));
  expect(outside).toEqual([]);
  const packages = new Set(
    Object.values(metafile.inputs).flatMap((input) => input.imports.filter((one) => one.external).map((one) => one.path)),
  );
  expect([...packages].filter((name) => !name.startsWith("node:")).sort()).toEqual(["cdktf", "constructs"]);
});

test("no construct uses instanceof, which fails between two copies of a library", () => {
  const files = readdirSync(lib)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(lib, name));
  const inner = readdirSync(join(lib, "private"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  for (const file of [...files, ...inner.map((name) => join(lib, "private", name))]) {
    expect(readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\//g, "")).not.toMatch(/\binstanceof\b/);
  }
});
