import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { initCommandOf } from "../../../lib/cli/commands/init";
import { CommandError, UsageError } from "../../../lib/cli/errors";
import { testContext } from "../support/context";
import { TEMPLATES } from "../support/templates";

const PLAIN = { name: "cdktf-alicloud-image-tasks" };

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "init-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const init = (args: readonly string[], own: { readonly name: string; readonly file?: string } = PLAIN) =>
  initCommandOf(TEMPLATES, own).run(args, testContext());

function packageFile(name: string): string {
  const file = join(folder, name);
  writeFileSync(file, "packed");
  return file;
}

const readJson = (...path: string[]) => JSON.parse(readFileSync(join(folder, ...path), "utf8"));

describe("imagetask init", () => {
  test("has this help, in which the CDK of the package is the default", () => {
    expect(initCommandOf(TEMPLATES, { name: "cdktn-alicloud-image-tasks" }).help).toMatchInlineSnapshot(`
     "Usage: imagetask init DIR [flags]

     Writes a project into DIR, which must be new or empty: a stack, guard rails, unit tests, pipelines for GitHub and GitLab, a README.
     It deploys to the emulator without changes and without an account.

     Flags:
       --template NAME    pipeline or golden-image (default pipeline)
       --language NAME    typescript or python (default typescript)
       --cdk NAME         cdktf or cdktn (default cdktn)
       --package FILE     a package file (.tgz; .whl for Python) to copy into DIR/vendor and use instead of the published package
                          (default: the file that npm installed this command from, if any)
       --help             show this text

     Exit codes: 0 success; 1 error; 2 invalid arguments, nothing was written."
    `);
  });

  test("writes a complete project, and prints the next commands", async () => {
    const dir = join(folder, "demo");
    const { exitCode, text } = await init([dir]);
    expect(exitCode).toBe(0);
    expect(text).toContain(`Next:\n  cd ${dir}\n  npm install\n  npm test\n  npx --no-install cdktf deploy\n`);
    expect((readdirSync(dir, { recursive: true }) as string[]).filter((name) => name.includes(".")).sort()).toEqual([
      ".github",
      ".github/workflows",
      ".github/workflows/images.yml",
      ".gitignore",
      ".gitlab-ci.yml",
      "README.md",
      "cdktf.json",
      "emulator.ts",
      "guardrails.json",
      "images-stack.ts",
      "main.ts",
      "package.json",
      "settings.json",
      "test/images.test.ts",
      "tsconfig.json",
    ]);
    expect(readJson("demo", "package.json")).toMatchObject({
      name: "demo",
      dependencies: { "cdktf-alicloud-image-tasks": TEMPLATES.versions["package"], cdktf: TEMPLATES.cdks["cdktf"]!["cdkVersion"] },
    });
    expect(readJson("demo", "cdktf.json").projectId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("quotes the name of the folder for the shell, and makes a valid npm package name of it", async () => {
    const { text } = await init([join(folder, "Ada's images")]);
    expect(text).toContain(`cd '${join(folder, "Ada'\\''s images")}'\n`);
    expect(readJson("Ada's images", "package.json").name).toBe("ada-s-images");
  });

  test("with --package copies the package file into the project and uses it instead of the published package", async () => {
    const file = packageFile("cdktn-alicloud-image-tasks-0.1.0.tgz");
    await init([join(folder, "demo"), "--cdk", "cdktn", "--package", file]);
    expect(readJson("demo", "package.json").dependencies).toMatchObject({
      "cdktn-alicloud-image-tasks": "file:vendor/cdktn-alicloud-image-tasks-0.1.0.tgz",
    });
    expect(existsSync(join(folder, "demo/vendor/cdktn-alicloud-image-tasks-0.1.0.tgz"))).toBe(true);
    const wheel = packageFile("cdktf_alicloud_image_tasks-0.1.0-py3-none-any.whl");
    await init([join(folder, "py"), "--language", "python", "--package", wheel]);
    expect(readFileSync(join(folder, "py/requirements.txt"), "utf8")).toContain(
      "./vendor/cdktf_alicloud_image_tasks-0.1.0-py3-none-any.whl\n",
    );
  });

  test("without --package uses the file from which npm installed the command, if it fits the language and the CDK", async () => {
    const own = { ...PLAIN, file: packageFile("cdktf-alicloud-image-tasks-0.1.0.tgz") };
    expect((await init([join(folder, "demo")], own)).text).toContain("vendor/cdktf-alicloud-image-tasks-0.1.0.tgz");
    for (const [name, flag, value] of [
      ["py", "--language", "python"],
      ["n", "--cdk", "cdktn"],
    ] as const)
      // prettier-ignore
      expect((await init([join(folder, name), flag, value], own)).text).not.toContain("vendor");
  });

  test.each<[string, readonly string[], string]>([
    ["no folder", [], "Name the folder to write the project into: imagetask init DIR."],
    ["two folders", ["a", "b"], 'Unexpected argument "b". Give only one folder; a is already given.'],
    [
      "an unknown template",
      ["a", "--template", "pipelin"],
      '--template is "pipelin". Allowed: pipeline, golden-image. Did you mean pipeline?',
    ],
    ["an unknown language", ["a", "--language", "go"], '--language is "go". Allowed: typescript, python.'],
    ["an unknown CDK", ["a", "--cdk", "aws"], '--cdk is "aws". Allowed: cdktf, cdktn.'],
    [
      "another CDK's package",
      ["a", "--package", "cdktn-alicloud-image-tasks-0.1.0.tgz"],
      '--package is "cdktn-alicloud-image-tasks-0.1.0.tgz". For typescript and cdktf it must be an npm package named cdktf-alicloud-image-tasks-*.tgz.',
    ],
    [
      "a package of npm for Python",
      ["a", "--language=python", "--package", "cdktf-alicloud-image-tasks-0.1.0.tgz"],
      '--package is "cdktf-alicloud-image-tasks-0.1.0.tgz". For python and cdktf it must be a wheel named cdktf_alicloud_image_tasks-*.whl.',
    ],
  ])("refuses %s with the allowed values", async (_, args, message) => {
    await expect(init(args)).rejects.toThrow(new UsageError(message));
    expect(existsSync("a")).toBe(false);
  });

  test("refuses a missing package file, before it writes anything", async () => {
    const dir = join(folder, "demo");
    const file = join(folder, "cdktf-alicloud-image-tasks-9.tgz");
    await expect(init([dir, "--package", file])).rejects.toThrow(new CommandError(`--package: there is no file ${file}.`));
    expect(existsSync(dir)).toBe(false);
  });

  test("refuses a folder that is not empty, and changes nothing in it", async () => {
    packageFile("notes.txt");
    await expect(init([folder])).rejects.toThrow(
      new CommandError(`${folder} is not empty: it contains notes.txt. Name a folder that is new or empty. Nothing was written.`),
    );
    expect(readdirSync(folder)).toEqual(["notes.txt"]);
    await expect(init([join(folder, "notes.txt")])).rejects.toThrow(/notes\.txt is a file\. Name a folder that is new or empty\./);
  });

  test("writes into a repository without files", async () => {
    mkdirSync(join(folder, ".git"));
    expect((await init([folder])).exitCode).toBe(0);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining([".git", "cdktf.json", "main.ts", "package.json"]));
  });
});
