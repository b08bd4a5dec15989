import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { App, TerraformProvider, TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { Construct } from "constructs";
import { ImageCopy, ImageImport, ImageTaskProvider, ImageTaskValidationError } from "../lib";
import { PLATFORMS } from "../lib/private/install-provider";
import type { ProviderPackage } from "../lib/private/provider-package";
import { fakePackage, temporaryFolder } from "./private/fake-package";
import { emptyStack, lockFile, synth, writeStack } from "./synth";

const mockPackages: ProviderPackage[] = [];
jest.mock("../lib/private/provider-package", () => ({ readProviderPackage: () => mockPackages.at(-1) }));
beforeEach(() => mockPackages.push(fakePackage()));

const DISKS = [{ ossBucket: "my-bucket", ossObject: "disk.raw" }];
const PLUGINS = "terraform.d/plugins/registry.terraform.io/alicloud-image-tasks/imagetask";

/** A provider as `cdktf get` would generate it. */
class OtherProvider extends TerraformProvider {
  constructor(scope: Construct, name: string, source: string, version?: string) {
    super(scope, name, {
      terraformResourceType: name,
      terraformProviderSource: source,
      terraformGeneratorMetadata: { providerName: name, providerVersionConstraint: version },
    });
  }
}

test("the first construct creates the provider of the stack, and the next ones use it", () => {
  const stack = emptyStack();
  new ImageImport(new Construct(stack, "scope"), "a", { diskDeviceMapping: DISKS });
  new ImageCopy(stack, "b", { imageId: "m-1", sourceRegion: "cn-hangzhou", region: "cn-shanghai" });
  const { provider, terraform } = synth(stack);
  expect(provider).toEqual({ imagetask: [{}] });
  expect(terraform.required_providers.imagetask).toEqual({
    source: "registry.terraform.io/alicloud-image-tasks/imagetask",
    version: "0.0.123456",
  });
});

test("every prop is written under Terraform's name", () => {
  const stack = emptyStack();
  new ImageTaskProvider(stack, "imagetask", {
    region: "cn-hangzhou",
    accessKey: "id",
    secretKey: "secret",
    securityToken: "token",
    profile: "default",
    sharedCredentialsFile: "~/.aliyun/config.json",
    ecsRoleName: "deploy",
    assumeRole: { roleArn: "acs:ram::1:role/deploy", sessionName: "s", policy: "{}", sessionExpiration: 900, externalId: "x" },
    assumeRoleWithOidc: {
      roleArn: "acs:ram::1:role/deploy",
      oidcProviderArn: "acs:ram::1:oidc-provider/github",
      oidcTokenFile: "/token",
      oidcToken: "t",
      roleSessionName: "s",
      policy: "{}",
      sessionExpiration: 900,
    },
    protocol: "HTTP",
    endpoints: { ecs: "127.0.0.1:4566", sts: "127.0.0.1:4567" },
    pollInterval: "5s",
    defaultTags: { team: "web" },
  });
  expect(synth(stack).provider?.imagetask).toEqual([
    {
      region: "cn-hangzhou",
      access_key: "id",
      secret_key: "secret",
      security_token: "token",
      profile: "default",
      shared_credentials_file: "~/.aliyun/config.json",
      ecs_role_name: "deploy",
      assume_role: { role_arn: "acs:ram::1:role/deploy", session_name: "s", policy: "{}", session_expiration: 900, external_id: "x" },
      assume_role_with_oidc: {
        role_arn: "acs:ram::1:role/deploy",
        oidc_provider_arn: "acs:ram::1:oidc-provider/github",
        oidc_token_file: "/token",
        oidc_token: "t",
        role_session_name: "s",
        policy: "{}",
        session_expiration: 900,
      },
      protocol: "HTTP",
      endpoints: { ecs: "127.0.0.1:4566", sts: "127.0.0.1:4567" },
      poll_interval: "5s",
      default_tags: { team: "web" },
    },
  ]);
});

test("a default provider of the user is used, whether it is created before or after the first construct", () => {
  for (const late of [false, true]) {
    const stack = emptyStack();
    const make = () => new ImageTaskProvider(stack, "mine", { region: "cn-beijing" });
    if (!late) make();
    new ImageImport(stack, "a", { diskDeviceMapping: DISKS });
    if (late) make();
    expect(synth(stack).provider?.imagetask).toEqual([{ region: "cn-beijing" }]);
    expect(ImageTaskProvider.of(stack).node.id).toBe("mine");
  }
});

test("a second default provider is refused, unless it has an alias", () => {
  const stack = emptyStack();
  new ImageTaskProvider(stack, "first");
  new ImageTaskProvider(stack, "beijing", { alias: "beijing", region: "cn-beijing" });
  expect(() => new ImageTaskProvider(stack, "second")).toThrow("Give this one an `alias`");
  expect(new ImageTaskProvider(emptyStack("other"), "first").node.path).toBe("other/first");
});

test.each([
  [{ region: "hangzhou" }, '`region` is "hangzhou"'],
  [{ endpoints: { ecs: "http://127.0.0.1:4566" } }, '`endpoints.ecs` is "http://127.0.0.1:4566"'],
  [{ assumeRole: { roleArn: "deploy" } }, '`assumeRole.roleArn` is "deploy"'],
])("a provider with %j is refused", (props, because) => {
  const create = () => new ImageTaskProvider(emptyStack(), "imagetask", props);
  expect(create).toThrow(ImageTaskValidationError);
  expect(create).toThrow(because);
});

test("synth installs the provider for every platform and writes its hash to the lock file", () => {
  const dir = writeStack((stack) => void new ImageImport(stack, "web", { diskDeviceMapping: DISKS }));
  expect(readdirSync(join(dir, PLUGINS, "0.0.123456")).sort()).toEqual([...PLATFORMS].sort());
  expect(lockFile(dir)).toContain(`"${mockPackages.at(-1)!.h1}"`);
});

test("synth installs and locks nothing for a stack without image tasks", () => {
  const dir = writeStack((stack) => void new OtherProvider(stack, "random", "hashicorp/random", "3.7.2"));
  expect(readdirSync(dir)).toEqual(["cdk.tf.json"]);
});

test("a new version replaces the old one in the lock file, but not on disk, where a deploy may be using it, and other entries stay", () => {
  const outdir = temporaryFolder();
  const build = (stack: TerraformStack) => {
    new OtherProvider(stack, "random", "hashicorp/random", "3.7.2");
    new ImageImport(stack, "web", { diskDeviceMapping: DISKS });
  };
  const dir = writeStack(build, outdir);
  writeFileSync(
    join(dir, ".terraform.lock.hcl"),
    lockFile(dir).replace(/(constraints = "3.7.2"\n)/, '$1  hashes = [\n    "h1:filled=",\n  ]\n'),
  );
  mockPackages.push(fakePackage("0.0.654321"));
  writeStack(build, outdir);
  expect(readdirSync(join(dir, PLUGINS)).sort()).toEqual(["0.0.123456", "0.0.654321"]);
  expect(lockFile(dir)).toContain('version     = "0.0.654321"');
  expect(lockFile(dir)).not.toContain("0.0.123456");
  expect(lockFile(dir)).toContain('"h1:filled="');
});

test("the other providers of the stack are in the lock file, including those of overrides", () => {
  const dir = writeStack((stack) => {
    new OtherProvider(stack, "alicloud", "aliyun/alicloud", "~> 1.260");
    new OtherProvider(stack, "random", "random", "3.7.2");
    stack.addOverride("terraform.required_providers.null", { source: "hashicorp/null", version: "3.2.4" });
    new ImageImport(stack, "web", { diskDeviceMapping: DISKS });
  });
  const sources = [...lockFile(dir).matchAll(/^provider "(.*)"/gm)].map(([, source]) => source);
  expect(sources).toEqual([
    "registry.terraform.io/alicloud-image-tasks/imagetask",
    "registry.terraform.io/hashicorp/null",
    "registry.terraform.io/hashicorp/random",
    "registry.terraform.io/aliyun/alicloud",
  ]);
});

test("the provider is installed for each of five stacks within 150 ms of CPU time", () => {
  const outdir = temporaryFolder();
  const build = (withTasks: boolean) => {
    const app = new App({ outdir });
    for (let index = 0; index < 5; index++) {
      const stack = new TerraformStack(app, `s${index}`);
      if (withTasks) new ImageTaskProvider(stack, "imagetask");
    }
    const start = process.cpuUsage();
    app.synth();
    return process.cpuUsage(start).user / 1000;
  };
  build(false);
  build(true);
  for (let index = 0; index < 5; index++) expect(existsSync(join(outdir, `stacks/s${index}`, PLUGINS))).toBe(true);
  expect(build(true)).toBeLessThan(150);
});

test("the provider is installed and locked for HCL output, too", () => {
  const outdir = temporaryFolder();
  process.env.SYNTH_HCL_OUTPUT = "true";
  try {
    const app = new App({ outdir });
    new ImageImport(new TerraformStack(app, "stack"), "web", { diskDeviceMapping: DISKS });
    app.synth();
  } finally {
    delete process.env.SYNTH_HCL_OUTPUT;
  }
  const dir = join(outdir, "stacks/stack");
  expect(readFileSync(join(dir, "cdk.tf"), "utf8")).toContain('source = "registry.terraform.io/alicloud-image-tasks/imagetask"');
  expect(existsSync(join(dir, PLUGINS))).toBe(true);
  expect(lockFile(dir)).toContain("imagetask");
});

test("with a default provider and one with an alias, the lock file has one entry", () => {
  const dir = writeStack((stack) => {
    new ImageTaskProvider(stack, "beijing", { alias: "beijing", region: "cn-beijing" });
    new ImageTaskProvider(stack, "imagetask");
  });
  expect(lockFile(dir).match(/^provider /gm)).toHaveLength(1);
});

test("another version that was not installed for a month is removed", () => {
  const outdir = temporaryFolder();
  const stale = join(outdir, "stacks/stack", PLUGINS, "0.0.1/linux_amd64");
  mkdirSync(stale, { recursive: true });
  utimesSync(dirname(stale), 0, 0);
  writeStack((stack) => void new ImageTaskProvider(stack, "imagetask"), outdir);
  expect(existsSync(stale)).toBe(false);
});

test("isImageTaskProvider recognises a provider of this package, and no other", () => {
  expect(ImageTaskProvider.isImageTaskProvider(new ImageTaskProvider(emptyStack(), "imagetask"))).toBe(true);
  expect(ImageTaskProvider.isImageTaskProvider(new OtherProvider(emptyStack(), "random", "random"))).toBe(false);
});

test("if the provider cannot be installed, synth fails with the reason and what to do", () => {
  const outdir = temporaryFolder();
  const plugins = join(outdir, "stacks/stack/terraform.d");
  mkdirSync(dirname(plugins), { recursive: true });
  writeFileSync(plugins, "");
  expect(() => writeStack((stack) => void new ImageTaskProvider(stack, "imagetask"), outdir)).toThrow(
    /The imagetask provider cannot be placed beside the stack: mkdir of \S+ failed \((ENOTDIR|EEXIST)\).*cdktf synth --output DIR/,
  );
});

test("the keys of default tags are written unchanged to JSON and HCL, and an override adds to them", () => {
  const stack = emptyStack();
  const provider = new ImageTaskProvider(stack, "provider", { defaultTags: { "cost-centre": "a", CostCentre: "b", "Team Name": "c" } });
  provider.addOverride("default_tags.more", "d");
  expect(synth(stack).provider!["imagetask"]).toMatchObject([
    { default_tags: { "cost-centre": "a", CostCentre: "b", "Team Name": "c", more: "d" } },
  ]);
  expect(Testing.synthHcl(stack).replace(/ +/g, " ")).toContain('cost-centre = "a"\nCostCentre = "b"\n"Team Name" = "c"');
});

test("default tags that only Terraform knows are written as an expression", () => {
  const stack = emptyStack();
  const tags = new TerraformVariable(stack, "tags", { type: "map(string)" });
  new ImageTaskProvider(stack, "provider", { defaultTags: Token.asStringMap(tags.value) });
  expect(synth(stack).provider!["imagetask"]).toMatchObject([{ default_tags: "${var.tags}" }]);
});
