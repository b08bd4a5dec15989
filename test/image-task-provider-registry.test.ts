import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { ImageTaskProvider } from "../lib";
import type { ProviderPackage } from "../lib/private/provider-package";
import { fakePackage, temporaryFolder } from "./private/fake-package";
import { emptyStack, lockFile, writeStack } from "./synth";

const mockPackages: ProviderPackage[] = [];
jest.mock("../lib/private/provider-package", () => ({ readProviderPackage: () => mockPackages.at(-1) }));
beforeEach(() => mockPackages.push(fakePackage()));

const PLUGINS = "terraform.d/plugins/registry.terraform.io/alicloud-image-tasks/imagetask";

test("on Windows synth warns that Terraform needs the provider from a registry", () => {
  const warnings = (distribution?: "registry") =>
    new ImageTaskProvider(emptyStack(), "imagetask", { distribution }).node.metadata
      .filter(({ type }) => type === "@cdktf/warn")
      .map(({ data }) => data);
  const { platform } = process;
  Object.defineProperty(process, "platform", { value: "win32" });
  try {
    expect(warnings()).toEqual([expect.stringContaining('Set `distribution: "registry"`')]);
    expect(warnings("registry")).toEqual([]);
  } finally {
    Object.defineProperty(process, "platform", { value: platform });
  }
  expect(warnings()).toEqual([]);
});

describe("with the distribution registry", () => {
  const registry = (stack: TerraformStack) => void new ImageTaskProvider(stack, "imagetask", { distribution: "registry" });

  test("the provider is required and locked with the hashes of all builds, and not installed beside the stack", () => {
    mockPackages.push({ ...fakePackage("1.2.3"), builds: ["h1:linux=", "zh:linux"] });
    const dir = writeStack(registry);
    expect(existsSync(join(dir, "terraform.d"))).toBe(false);
    expect(lockFile(dir)).toContain(
      'version     = "1.2.3"\n  constraints = "1.2.3"\n  hashes = [\n    "h1:MS4yLjM=",\n    "h1:linux=",\n    "zh:linux",\n',
    );
    expect(JSON.parse(readFileSync(join(dir, "cdk.tf.json"), "utf8"))).toMatchObject({
      terraform: { required_providers: { imagetask: { version: "1.2.3" } } },
    });
  });

  test("the provider that an earlier synth installed beside the stack is removed, as Terraform would use it instead", () => {
    const outdir = temporaryFolder();
    const dir = writeStack((stack) => void new ImageTaskProvider(stack, "imagetask"), outdir);
    expect(existsSync(join(dir, PLUGINS))).toBe(true);
    writeStack(registry, outdir);
    expect(existsSync(join(dir, PLUGINS))).toBe(false);
  });

  test("it is enough to set it on one provider of the stack", () => {
    const dir = writeStack((stack) => {
      new ImageTaskProvider(stack, "beijing", { alias: "beijing", region: "cn-beijing" });
      registry(stack);
    });
    expect(existsSync(join(dir, "terraform.d"))).toBe(false);
  });

  test("two providers with different distributions are refused, and so is an unknown distribution", () => {
    const build = (stack: TerraformStack): void => {
      new ImageTaskProvider(stack, "beijing", { alias: "beijing", distribution: "bundled" });
      registry(stack);
    };
    expect(() => writeStack(build)).toThrow('`distribution` is "registry" here and "bundled" at stack/beijing');
    expect(() => new ImageTaskProvider(emptyStack(), "imagetask", { distribution: "mirror" as never })).toThrow(
      '`distribution` is "mirror". Allowed: "bundled" or "registry", as a literal.',
    );
  });
});
