import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as cdktf from "cdktf";
import { transpileModule } from "typescript";
import * as imageTasks from "../lib";

const root = join(__dirname, "..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");
const readme = read("README.md");

/** The blocks of code in a language. */
function blocks(language: string, text = readme): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map((match) => match[1]!);
}

describe("README", () => {
  test("has at most 150 lines", () => {
    expect(readme.trimEnd().split("\n").length).toBeLessThanOrEqual(150);
  });

  test("refers to a RAM policy that is the one of imageTaskPolicy", () => {
    expect(JSON.parse(blocks("json", read("docs/reference.md"))[0]!)).toEqual(imageTasks.imageTaskPolicy(["import", "export", "copy"]));
  });

  test("contains a stack that can be synthesised", () => {
    const dir = mkdtempSync(join(tmpdir(), "imagetask-readme-"));
    const before = process.env["CDKTF_OUTDIR"];
    process.env["CDKTF_OUTDIR"] = dir;
    try {
      const modules: { readonly [name: string]: unknown } = { cdktf, "cdktf-alicloud-image-tasks": imageTasks };
      const code = transpileModule(blocks("ts")[0]!, { compilerOptions: { module: 1, target: 9 } }).outputText;
      new Function("require", "exports", code)((name: string) => modules[name], {});
      const stack = JSON.parse(readFileSync(join(dir, "stacks/images/cdk.tf.json"), "utf8")) as { resource: { [type: string]: object } };
      expect(Object.keys(stack.resource).sort()).toEqual(["imagetask_completion", "imagetask_import"]);
    } finally {
      if (before === undefined) delete process.env["CDKTF_OUTDIR"];
      else process.env["CDKTF_OUTDIR"] = before;
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
