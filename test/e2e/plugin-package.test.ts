import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { cleanEnvironment } from "../../scripts/terraform/clean-environment.cjs";
import { pluginDirectory } from "../../scripts/terraform/plugin-directory.cjs";
import { until } from "../support/waiting/until";

const ROOT = resolve(__dirname, "../..");
const SOURCE = "alicloud-image-tasks/imagetask";
const REQUIRED = `terraform {\n  required_providers {\n    imagetask = { source = "${SOURCE}" }\n  }\n}\n`;
const NOTICES = "THIRD-PARTY-NOTICES.txt";

function bundle(
  dist: string,
  env: NodeJS.ProcessEnv = {},
): { version: string; h1: string; files: { name: string; executable?: boolean }[] } {
  const script = `import { bundlePlugin } from ${JSON.stringify(join(ROOT, "scripts/build/plugin.mjs"))}; await bundlePlugin(${JSON.stringify(ROOT)}, ${JSON.stringify(dist)});`;
  execFileSync(process.execPath, ["--input-type=module", "-e", script], {
    stdio: "inherit",
    env: { ...process.env, IMAGETASK_RELEASE: undefined, ...env },
  });
  return JSON.parse(readFileSync(join(dist, "plugin/manifest.json"), "utf8"));
}

describe("the provider's package", () => {
  const folder = mkdtempSync(join(tmpdir(), "plugin-package-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const first = bundle(join(folder, "first"));

  test("is the same for the same sources", () => {
    expect(bundle(join(folder, "second"))).toEqual(first);
  });

  test("has a version derived from its content, and in a release that of the npm package", () => {
    expect(first.version).toMatch(/^0\.0\.\d+$/);
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    expect(bundle(join(folder, "release"), { IMAGETASK_RELEASE: "1" }).version).toBe(version);
  });

  test("has exactly the files of its manifest, one of them executable", () => {
    const directory = join(folder, "first/plugin/package");
    expect(readdirSync(directory).sort()).toEqual(first.files.map(({ name }) => name));
    const executable = first.files.filter((file) => file.executable);
    expect(executable.map(({ name }) => name)).toEqual([`terraform-provider-imagetask_v${first.version}`]);
    for (const { name, executable } of first.files) expect(statSync(join(directory, name)).mode & 0o111).toBe(executable ? 0o111 : 0);
  });

  test("says so if there is no Node.js", () => {
    const executable = join(folder, "first/plugin/package", first.files.find((file) => file.executable)!.name);
    const { status, stdout } = spawnSync(executable, { env: { PATH: "/nonexistent" }, encoding: "utf8" });
    expect([status, stdout]).toEqual([1, "The imagetask provider needs Node.js 20.9 or later; there is no node on PATH.\n"]);
  });

  describe("without a provider that can be loaded", () => {
    const broken = join(folder, "broken");
    const temporary = join(folder, "t");
    beforeEach(() => {
      cpSync(join(folder, "first/plugin/package"), broken, { recursive: true });
      mkdirSync(temporary, { recursive: true });
    });

    /** What `terraform validate` says, in one line. It starts the plugin without comparing its files with a lock file. */
    const validate = (): string => {
      writeFileSync(join(folder, "rc"), `provider_installation {\n  dev_overrides {\n    "${SOURCE}" = "${broken}"\n  }\n}\n`);
      const work = join(folder, "broken-work");
      mkdirSync(work, { recursive: true });
      writeFileSync(join(work, "main.tf"), `${REQUIRED}provider "imagetask" {}\n`);
      const env = cleanEnvironment({ TMPDIR: temporary, TF_CLI_CONFIG_FILE: join(folder, "rc") });
      const { stderr } = spawnSync("terraform", ["validate", "-no-color"], { cwd: work, env, encoding: "utf8" });
      return stderr.replace(/[\s│]+/g, " ");
    };

    test("tells Terraform's user why, although the handshake has come before, and leaves no file", async () => {
      writeFileSync(join(broken, "provider.js"), "function half(");
      const said = validate();
      expect(said).toContain("Plugin error: The plugin returned an unexpected error");
      expect(said).toMatch(/The imagetask provider could not be loaded: SyntaxError: .* \(in \S+provider\.js\)\. Run terraform init again/);
      await until("the socket to go", () => readdirSync(temporary).length === 0);
    });

    test("tells Terraform's user which file is missing", () => {
      rmSync(join(broken, "provider.js"));
      expect(validate()).toMatch(/The imagetask provider could not be loaded: .*ENOENT.*provider\.js'. Run terraform init again/);
    });
  });

  test("has the hash that Terraform writes to the lock file", () => {
    const work = join(folder, "work");
    const target = pluginDirectory(work, "registry.terraform.io/alicloud-image-tasks/imagetask", first.version);
    cpSync(join(folder, "first/plugin/package"), target, { recursive: true });
    writeFileSync(join(work, "main.tf"), REQUIRED);

    execFileSync("terraform", ["init", "-input=false"], { cwd: work, env: cleanEnvironment() });

    expect(readFileSync(join(work, ".terraform.lock.hcl"), "utf8")).toContain(`"${first.h1}"`);
  });

  test("has the notices of all bundled packages, and the text of each licence that a package only names", () => {
    const notices = readFileSync(join(folder, "first/plugin/package", NOTICES), "utf8");
    expect(notices).toContain("@bufbuild/protobuf ");
    // Part of @bufbuild/protobuf is Google's, as its source says.
    expect(notices).toContain("Copyright 2008 Google Inc.");
    expect(notices).toContain("@msgpack/msgpack ");
    expect(notices).toMatch(/The text of the licence Apache-2.0\n-+\n+\s+Apache License\n/);
    expect(notices).not.toContain(ROOT);
  });

  test("has the same notices as the repository's root (`npm run notices` updates them)", () => {
    expect(readFileSync(join(ROOT, NOTICES), "utf8")).toBe(readFileSync(join(folder, "first/plugin/package", NOTICES), "utf8"));
  });
});
