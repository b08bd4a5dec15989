import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inFlavour } from "./support/flavours";
import { cleanEnvironment } from "../../scripts/terraform/clean-environment.cjs";
import { ROOT } from "../support/e2e/cdk-project";
import { pythonWithCdks } from "./support/cdks";
import { describeWith, installForPython, unpackForNode, type Cdk } from "./support/packages";

const EXAMPLE = join(ROOT, "examples/pipeline");
const folder = mkdtempSync(join(tmpdir(), "same-synth-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The stack that a command writes, without the parts that depend on the CDK and the folder. */
function stackOf(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): string {
  const outdir = join(cwd, "out");
  execFileSync(command, args, { cwd, stdio: "pipe", env: cleanEnvironment({ CDKTF_OUTDIR: outdir, ...env }) });
  const stack = JSON.parse(readFileSync(join(outdir, "stacks/pipeline/cdk.tf.json"), "utf8"));
  delete stack["//"];
  delete stack.terraform.backend;
  return JSON.stringify(stack, null, 2);
}

function inNode(cdk: Cdk): string {
  const project = join(folder, `node-${cdk}`);
  unpackForNode(cdk, join(project, `node_modules/${cdk}-alicloud-image-tasks`));
  for (const name of [cdk, "constructs"])
    symlinkSync(join(ROOT, ".tmp/package/tools/node_modules", name), join(project, "node_modules", name));
  writeFileSync(join(project, "main.ts"), inFlavour(readFileSync(join(EXAMPLE, "main.ts"), "utf8"), cdk));
  execFileSync(
    join(ROOT, "node_modules/.bin/esbuild"),
    ["main.ts", "--bundle", "--platform=node", "--packages=external", "--outfile=main.js"],
    {
      cwd: project,
      stdio: "pipe",
    },
  );
  return stackOf(process.execPath, ["main.js"], project);
}

function inPython(cdk: Cdk): string {
  const project = join(folder, `python-${cdk}`);
  mkdirSync(project);
  installForPython(pythonWithCdks(), cdk, join(project, "packages"));
  writeFileSync(join(project, "main.py"), inFlavour(readFileSync(join(EXAMPLE, "python/main.py"), "utf8"), cdk));
  return stackOf(pythonWithCdks(), ["main.py"], project, { PYTHONPATH: "packages" });
}

function inGo(): string {
  const project = join(folder, "go");
  cpSync(join(EXAMPLE, "go"), project, { recursive: true });
  const goMod = join(project, "go.mod");
  writeFileSync(goMod, readFileSync(goMod, "utf8").replace("../../../out", join(ROOT, "out")));
  execFileSync("go", ["build", "-o", "app", "."], { cwd: project, stdio: "pipe" });
  return stackOf("./app", [], project);
}

let expected: string;
beforeAll(() => (expected = inNode("cdktf")));

test("the pipeline example is the same for cdktn in TypeScript, byte for byte", () => {
  expect(JSON.parse(expected).resource).toHaveProperty("imagetask_import");
  expect(inNode("cdktn")).toBe(expected);
});

describeWith("python3 with venv", ["python3", "-c", "import venv"])("in Python", () => {
  test.each<Cdk>(["cdktf", "cdktn"])("the pipeline example is the same for %s, byte for byte", (cdk) => {
    expect(inPython(cdk)).toBe(expected);
  });
});

describeWith("go", ["go", "version"])("in Go", () => {
  test("the pipeline example is the same, byte for byte", () => {
    expect(inGo()).toBe(expected);
  });
});
