import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ROOT } from "../support/e2e/cdk-project";
import { CDKTF } from "../e2e/cdktf-project";
import { cdktn } from "./support/cdks";
import { EmptyFolder, packageFor, type Language } from "./support/generated-project";
import { describeWith, packed, type Cdk } from "./support/packages";

const TEMPLATES = ["pipeline", "golden-image"] as const;
/** How many resources a template's stack has: its imports, copies and exports, each with a completion. */
const RESOURCES = { pipeline: 6, "golden-image": 6 };

/** A change that breaks a rule, and the rule. */
const BREAK = {
  pipeline: { from: /image-builds/, to: "elsewhere", rule: "IT001" },
  "golden-image": { from: /encrypted([:=]\s?)[tT]rue/, to: "encrypted$1WRONG", rule: "IT003" },
};

interface Case {
  readonly language: Language;
  readonly cdk: Cdk;
  /** The template that is deployed. The other one is only tested. */
  readonly template: (typeof TEMPLATES)[number];
}

const CASES: readonly Case[] = [
  { language: "typescript", cdk: "cdktf", template: "pipeline" },
  { language: "typescript", cdk: "cdktn", template: "golden-image" },
  { language: "python", cdk: "cdktf", template: "golden-image" },
  { language: "python", cdk: "cdktn", template: "pipeline" },
];

describeWith("python3 with venv", ["python3", "-c", "import venv"]).each(CASES)("imagetask init: $language for $cdk", (given) => {
  const { language, cdk, template } = given;
  const other = TEMPLATES.find((name) => name !== template)!;
  const folder = new EmptyFolder(cdk);
  afterAll(() => folder.remove("demo"));

  test("a new project is installed, tested, deployed to the emulator and destroyed with the commands that init prints", async () => {
    expect(await folder.install(`npm install "${packed("js", cdk)}"`)).toMatchObject({ code: 0 });
    const flags = language === "python" ? ` --language python --package "${packageFor(language, cdk)}"` : "";
    const init = await folder.run(`npx --no-install imagetask init demo --template ${template}${flags}`);
    expect(init).toMatchObject({ code: 0, output: expect.stringContaining(`npx --no-install ${cdk} deploy`) });
    const install = await folder.install("npm install", "demo");
    expect(install).toMatchObject({ code: 0, output: expect.any(String) });

    expect(await folder.run("npm test", "demo")).toMatchObject({ code: 0, output: expect.any(String) });
    const deploy = await folder.run(`npx --no-install ${cdk} deploy --auto-approve`, "demo");
    expect(deploy.output).toContain(`${RESOURCES[template]} added, 0 changed, 0 destroyed`);
    // With the rules for the provider as in CI, and with AccessKeys of the user in the environment.
    const mine = { IMAGETASK_POLICY: join(folder.path, "demo/guardrails.json"), ALICLOUD_ACCESS_KEY: "mine", ALICLOUD_SECRET_KEY: "mine" };
    const plan = await folder.run(`npx --no-install ${cdk} diff`, "demo", mine);
    expect(plan.output).toContain("No changes");
    const destroy = await folder.run(`npx --no-install ${cdk} destroy --auto-approve`, "demo", mine);
    expect(destroy.output).toContain(`${RESOURCES[template]} destroyed`);
    expect([deploy.code, plan.code, destroy.code]).toEqual([0, 0, 0]);
    const list = await folder.run(
      `ECS_ENDPOINT=$(${ENDPOINT}) ${language === "python" ? ".venv/bin/" : "npx --no-install "}imagetask list`,
      "demo",
      ACCESS,
    );
    expect(list).toMatchObject({ code: 0, output: expect.stringContaining("No operation is running") });
  });

  test("if a guard rail is broken, the project's tests and its synth fail with the rule's id", async () => {
    const source = sourceOf(language, template);
    const file = join(folder.path, "demo", source);
    const text = readFileSync(file, "utf8");
    const { from, to, rule } = BREAK[template];
    writeFileSync(file, text.replace(from, to).replace("WRONG", language === "python" ? "False" : "false"));
    const tested = await folder.run("npm test", "demo");
    const synth = await folder.run(`npx --no-install ${cdk} synth`, "demo");
    writeFileSync(file, text);
    for (const { code, output } of [tested, synth]) {
      expect(code).not.toBe(0);
      expect(output).toContain(rule);
    }
  });

  test("IMAGES_TARGET=account fails until the placeholders are filled in, and another value is an error", async () => {
    const account = await folder.run(`npx --no-install ${cdk} synth`, "demo", { IMAGES_TARGET: "account" });
    expect(account.output.replace(/\s+/g, " ")).toContain("settings.json still says CHANGE-ME");
    const typo = await folder.run(`npx --no-install ${cdk} synth`, "demo", { IMAGES_TARGET: "acount" });
    expect(typo.output).toContain('IMAGES_TARGET is "acount". Allowed: emulator (the default), account.');
    const settings = join(folder.path, "demo/settings.json");
    writeFileSync(settings, readFileSync(settings, "utf8").replaceAll("CHANGE-ME", "ours"));
    expect(await folder.run(`npx --no-install ${cdk} synth`, "demo", { IMAGES_TARGET: "account" })).toMatchObject({ code: 0 });
    const stack = JSON.parse(folder.read("demo/cdktf.out/stacks/images/cdk.tf.json"));
    expect(stack.terraform.backend.oss).toMatchObject({ bucket: "ours", key: "images.tfstate", encrypt: true, tablestore_table: "ours" });
    expect(stack.provider.imagetask).toEqual([{ region: "cn-hangzhou", default_tags: { project: "demo" } }]);
  });

  test(`the other template, ${other}, passes its own tests`, async () => {
    const file = packageFor(language, cdk);
    const flags = `--template ${other} --language ${language} --package "${file}"`;
    expect(await folder.run(`npx --no-install imagetask init other ${flags}`)).toMatchObject({ code: 0 });
    folder.share("demo", "other");
    expect(await folder.run("npm test", "other")).toMatchObject({ code: 0, output: expect.any(String) });
  });
});

describe.each<Cdk>(["cdktf", "cdktn"])("%s init --template URL", (cdk) => {
  const folder = new EmptyFolder(cdk);
  afterAll(() => folder.remove("."));

  test("makes the same project from a zip, and its tests pass", async () => {
    const zip = readFileSync(join(ROOT, `out/packages/templates/${cdk}-typescript-pipeline.zip`));
    const server = createServer((_, response) => response.end(zip)).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/template.zip`;
    const file = packageFor("typescript", cdk);
    const cli = (cdk === "cdktf" ? CDKTF : cdktn().cli).map((part) => `"${part}"`).join(" ");
    const flags = `--template ${url} --local --project-name demo --project-description images --enable-crash-reporting false`;
    const init = await folder.install(`mkdir demo && cd demo && ${cli} init ${flags}`, ".", { IMAGETASK_PACKAGE: file, CI: "1" });
    server.close();
    expect(init).toMatchObject({ code: 0, output: expect.any(String) });
    expect(JSON.parse(folder.read("demo/package.json"))).toMatchObject({
      name: "demo",
      dependencies: { [`${cdk}-alicloud-image-tasks`]: `file:vendor/${basename(file)}` },
    });
    expect(folder.read("demo/.github/workflows/images.yml")).toContain("${{ secrets.ALICLOUD_ACCESS_KEY }}");
    expect(await folder.run("npm test", "demo")).toMatchObject({ code: 0, output: expect.any(String) });
  });
});

/** Prints the endpoint of the project's emulator. */
const ENDPOINT = `node -p 'require("./.emulator/running.json").endpoint'`;
const ACCESS = {
  ALICLOUD_PROTOCOL: "HTTP",
  ALICLOUD_REGION: "cn-hangzhou",
  ALICLOUD_ACCESS_KEY: "emulator",
  ALICLOUD_SECRET_KEY: "emulator-secret",
};

function sourceOf(language: Language, template: string): string {
  const name = template === "pipeline" ? "images-stack" : "golden-image";
  return language === "python" ? `${name.replaceAll("-", "_")}.py` : `${name}.ts`;
}
