import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { EcsEmulator } from "../../lib/emulator";
import { CDKTF } from "../e2e/cdktf-project";
import { CdkProject, ROOT } from "../support/e2e/cdk-project";
import { until } from "../support/waiting/until";
import { cdktn } from "./support/cdks";
import { unpackForNode } from "./support/packages";

const TOOLS = join(ROOT, ".tmp/package/tools/node_modules");

/** Ten lines of TypeScript, for either CDK. */
const app = (cdk: string, props = "") => `import { App, TerraformOutput, TerraformStack } from "${cdk}";
import { ImageImport } from "${cdk}-alicloud-image-tasks";

const app = new App();
const stack = new TerraformStack(app, "stack");
const image = new ImageImport(stack, "web", {
  ${props}diskDeviceMapping: [{ ossBucket: "image-builds", ossObject: "web.raw" }],
});
new TerraformOutput(stack, "image", { value: image.imageId });
app.synth();
`;

let emulator: EcsEmulator;
let project: CdkProject;

/** A cdktn project in TypeScript, with the packed package and only its peer dependencies. */
async function begin(taskDuration: string): Promise<void> {
  emulator = new EcsEmulator({ taskDuration });
  await emulator.start();
  const { cli, nodeFolder } = cdktn();
  const esbuild = join(ROOT, "node_modules/.bin/esbuild");
  project = new CdkProject(emulator, {
    cli,
    language: "typescript",
    app: `"${esbuild}" main.ts --bundle --platform=node --packages=external --outfile=main.js --log-level=warning && node main.js`,
    env: { PATH: `${nodeFolder}${delimiter}${process.env["PATH"]}` },
  });
  unpackForNode("cdktn", join(project.folder, "node_modules/cdktn-alicloud-image-tasks"));
  for (const name of ["cdktn", "cdktf", "constructs", "@types"]) project.link(name, join(TOOLS, name));
  unpackForNode("cdktf", join(project.folder, "node_modules/cdktf-alicloud-image-tasks"));
}

afterEach(async () => {
  project.remove();
  await emulator.stop();
});

test("ten lines for cdktn pass the type check, deploy and destroy without any extra flag, and cdktf plans no changes to their state", async () => {
  await begin("1s");
  project.writeFile("main.ts", app("cdktn"));
  writeFileSync(join(project.folder, "tsconfig.json"), JSON.stringify({ compilerOptions: { strict: true, noEmit: true, target: "ES2022", module: "NodeNext", types: ["node"], skipLibCheck: true }, files: ["main.ts"] })); // prettier-ignore
  execFileSync(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", project.folder], { stdio: "pipe" });

  const deploy = await project.cdk("deploy", "stack", "--auto-approve");
  expect(deploy.output).toContain("2 added, 0 changed, 0 destroyed");
  expect(deploy.code).toBe(0);

  project.writeFile("main.ts", app("cdktf"));
  const diff = await project.startWith(CDKTF, "diff", "stack").ended;
  expect(diff.output).toContain("No changes");

  project.writeFile("main.ts", app("cdktn"));
  const destroy = await project.cdk("destroy", "stack", "--auto-approve");
  expect(destroy.output).toContain("2 destroyed");
  expect([destroy.code, emulator.images]).toEqual([0, []]);
});

test("on Ctrl-C cdktn waits until the task is cancelled, exits with 0 and leaves no lock", async () => {
  await begin("1h");
  project.writeFile("main.ts", app("cdktn"));
  const deploy = project.start("deploy", "stack", "--auto-approve");
  await until("the import to be watched", () => emulator.calls.some(({ action }) => /^Describe(Tasks|TaskAttribute)$/.test(action)));
  await pause(500);
  deploy.interrupt();
  const { code } = await deploy.ended;
  expect([code, emulator.running]).toEqual([0, []]);
  expect(emulator.calls.filter(({ action }) => action === "CancelTask")).not.toEqual([]);
  expect(readdirSync(project.folder).filter((name) => name.includes("lock.info"))).toEqual([]);
  expect((await project.cdk("destroy", "stack", "--auto-approve")).code).toBe(0);
});

test.each([
  ["cdktf", "cdktn"],
  ["cdktn", "cdktf"],
])("the package for %s in a stack of %s says which package to install", async (own, other) => {
  await begin("1s");
  project.writeFile("main.ts", app(other).replace(`${other}-alicloud`, `${own}-alicloud`));
  const { code, output } = await project.cdk("synth");
  expect(code).not.toBe(0);
  expect(output.replace(/\s+/g, " ")).toContain(
    `The stack is a ${other} stack, but this package, ${own}-alicloud-image-tasks, works with ${own}. Install ${other}-alicloud-image-tasks and import from it instead.`,
  );
});

test("both packages have the same plugin, byte for byte", async () => {
  await begin("1s");
  const hash = (cdk: string) =>
    readFileSync(join(project.folder, "node_modules", `${cdk}-alicloud-image-tasks/dist/plugin/manifest.json`), "utf8");
  expect(hash("cdktn")).toBe(hash("cdktf"));
});
