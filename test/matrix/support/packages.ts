import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../support/e2e/cdk-project";

const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };

export type Cdk = "cdktf" | "cdktn";

/** The path of a package of `npm run package`. Throws if it is older than the build. */
export function packed(language: "js" | "python" | "go", cdk: Cdk): string {
  const name = {
    js: `${cdk}-alicloud-image-tasks-${version}.tgz`,
    python: `${cdk}_alicloud_image_tasks-${version}-py3-none-any.whl`,
    go: `${cdk}alicloudimagetasks`,
  }[language];
  const path = join(ROOT, "out/packages", language, name);
  if (!existsSync(path) || statSync(path).mtimeMs < statSync(join(ROOT, "dist/.stamp")).mtimeMs)
    throw new Error(`${path} is missing, or older than dist/. Run "npm run package", then the test again.`);
  return path;
}

/** Unpacks the npm package as npm would install it. */
export function unpackForNode(cdk: Cdk, folder: string): string {
  mkdirSync(folder, { recursive: true });
  execFileSync("tar", ["-xzf", packed("js", cdk), "-C", folder, "--strip-components=1"]);
  return folder;
}

/** Installs the wheel without its dependencies, which are installed already. */
export function installForPython(python: string, cdk: Cdk, folder: string): void {
  execFileSync(python, ["-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, packed("python", cdk)], { stdio: "pipe" });
}

/** `describe`, or a skip that says which tool is missing. In CI everything runs. */
export function describeWith(tool: string, probe: readonly [string, ...string[]]): typeof describe | typeof describe.skip {
  const isThere = spawnSync(probe[0], probe.slice(1)).status === 0;
  if (!isThere && !process.env["CI"]) console.warn(`${tool} is not on PATH: the tests that need it are skipped.`);
  return isThere || process.env["CI"] ? describe : describe.skip;
}
