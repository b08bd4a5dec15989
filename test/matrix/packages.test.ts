import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadScript } from "../scripts/support/load-script";
import { ROOT } from "../support/e2e/cdk-project";
import { packed, unpackForNode, type Cdk } from "./support/packages";

const { apiReference } = loadScript<{ apiReference(assembly: unknown): string }>("scripts/package/api-reference.mjs");

const folder = mkdtempSync(join(tmpdir(), "packages-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = (...path: string[]) => readdirSync(join(ROOT, "out/packages", ...path), { recursive: true, encoding: "utf8" });

test("the npm package compiled by jsii is at most 5 % larger than that of the everyday build", () => {
  const [plain] = JSON.parse(
    execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }),
  );
  const { size } = statSync(packed("js", "cdktf"));
  console.info(`npm package: ${size} bytes with jsii, ${plain.size} without`);
  expect(size / plain.size).toBeLessThan(1.05);
});

test.each<Cdk>(["cdktf", "cdktn"])("the npm package for %s names only %s, and has a README and the command line", (cdk) => {
  const place = unpackForNode(cdk, join(folder, cdk));
  const other = cdk === "cdktf" ? "cdktn" : "cdktf";
  const { name, peerDependencies, bin } = JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
  expect(name).toBe(`${cdk}-alicloud-image-tasks`);
  expect(Object.keys(peerDependencies)).toEqual([cdk, "constructs"]);
  expect(execFileSync(process.execPath, [join(place, bin.imagetask), "--help"], { encoding: "utf8" })).not.toMatch(
    new RegExp(`\\b${other} `, "i"),
  );
  expect(readFileSync(join(place, "README.md"), "utf8")).toContain(`${cdk}-alicloud-image-tasks`);
});

test("the Python wheel has the plugin", () => {
  const list = execFileSync(
    "python3",
    ["-c", `import sys, zipfile; print(*zipfile.ZipFile(sys.argv[1]).namelist())`, packed("python", "cdktf")],
    {
      encoding: "utf8",
    },
  );
  const archive = /\S+\.jsii\.tgz/.exec(list)![0];
  const read = `import sys, zipfile, io, tarfile; print(*tarfile.open(fileobj=io.BytesIO(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))).getnames())`;
  expect(execFileSync("python3", ["-c", read, packed("python", "cdktf"), archive], { encoding: "utf8" })).toContain(
    "dist/plugin/manifest.json",
  );
});

test("there are sources for Java and C#, for both CDKs", () => {
  expect(files("java", "cdktf")).toContain("src/main/java/imagetask/cdktf/ImageImport.java");
  expect(files("java", "cdktn")).toContain("src/main/java/imagetask/cdktn/ImageImport.java");
  expect(files("dotnet").filter((name) => name.endsWith("/ImageImport.cs"))).toHaveLength(2);
});

test("docs/api.md is up to date with the constructs", () => {
  packed("js", "cdktf");
  const assembly = JSON.parse(readFileSync(join(ROOT, ".tmp/package/cdktf/.jsii"), "utf8"));
  // If this fails, run npm run docs:api.
  expect(readFileSync(join(ROOT, "docs/api.md"), "utf8")).toBe(apiReference(assembly));
});
