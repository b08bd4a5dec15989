import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { ImageCopy, ImageImport, ImageTaskProvider } from "../../lib";
import { PROVIDER_SOURCE } from "../../lib/contract/provider";
import { ACCESS_KEY, callsOf, flat, SECRET_KEY, withBench } from "../support/e2e/bench";
import { exporting, importing, providerBlock } from "../support/e2e/hcl";
import { exited } from "../support/e2e/terraform";
import { synth } from "../synth";

const RULES = {
  buckets: ["golden-*"],
  regions: ["eu-*", "cn-hangzhou"],
  encryptCopies: true,
  forbidDetach: true,
  requiredTags: { team: "*" },
  maxTimeout: "3h",
  namePattern: "golden-*",
  retain: true,
  forbidCredentials: true,
  roles: ["image-*"],
};
const ALL = ["IT001", "IT002", "IT003", "IT004", "IT005", "IT006", "IT007", "IT008", "IT009", "IT010"];

/** No block depends on another one, because Terraform plans a dependent block only after the error in the first is fixed. */
const BREAKING = `
${importing("bad", { completion: null })}
resource "imagetask_completion" "bad" {
  operation_id = imagetask_import.old.id
  on_interrupt = "detach"
  timeouts { create = "5h" }
}
resource "imagetask_copy" "bad" {
  image_id      = "m-bp1g7004ksh0oeuc****"
  source_region = "cn-hangzhou"
  region        = "cn-beijing"
}
`;

const KEEPING = `
resource "imagetask_import" "good" {
  image_name        = "golden-good"
  role_name         = "image-import"
  retain_on_destroy = true
  tags              = { team = "web" }
  disk_device_mapping {
    oss_bucket = "golden-images"
    oss_object = "good.qcow2"
  }
}
`;

/** An import whose bucket is unknown until apply. */
const LATE = `
resource "terraform_data" "bucket" {
  input = "scratch"
}
${KEEPING.replace('"golden-images"', "terraform_data.bucket.output").replaceAll("good", "late")}
`;

describe("at deploy time a platform's guard rails", () => {
  test.concurrent("find all ten broken rules at plan, only warn about what exists, and allow to destroy it", () =>
    withBench({}, async ({ ecs, tf }) => {
      const env = policyIn(tf.folder);
      const under = (command: string, ...args: string[]) => tf.start([command, "-input=false", ...args], { env }).done;
      tf.write(providerBlock(ecs) + importing("old", { completion: null }));
      exited(await tf.apply());

      tf.write(providerBlock(ecs) + importing("old", { completion: null }) + BREAKING);
      const { output } = exited(await under("plan"), 1);
      expect(rulesIn(output)).toEqual(ALL);
      expect(flat(output)).toContain(`The rule comes from IMAGETASK_POLICY (${env.IMAGETASK_POLICY}).`);
      expect(flat(output)).toMatch(/Warning: IT009: credentials in the configuration .*access_key = /);

      tf.write(providerBlock(ecs) + importing("old", { completion: null }));
      expect(exited(await under("plan")).output).toContain("Warning: IT001");
      exited(await under("destroy", "-auto-approve"));
      expect(callsOf(ecs, "ImportImage", "CopyImage")).toHaveLength(1);
    }),
  );

  test.concurrent("allow an import that follows them, and refuse one that breaks a rule with a value known only at apply", () =>
    withBench({ env: { ALICLOUD_ACCESS_KEY: ACCESS_KEY, ALICLOUD_SECRET_KEY: SECRET_KEY } }, async ({ ecs, tf }) => {
      const provider = providerBlock(ecs, `policy = jsonencode(${JSON.stringify(RULES)})`).replace(/^ *(access|secret)_key.*\n/gm, "");
      tf.write(provider + KEEPING);
      expect(exited(await tf.apply()).output).not.toMatch(/IT0\d\d/);
      tf.write(provider + KEEPING + LATE);
      expect(exited(await tf.plan(), 2).output).not.toMatch(/IT0\d\d/);
      expect(flat(exited(await tf.apply(), 1).output)).toMatch(/Error: IT001: bucket not approved .*terraform_data\.bucket\.output/);
      expect(callsOf(ecs, "ImportImage")).toHaveLength(1);
    }),
  );

  test.concurrent("find all ten broken rules in a stack of constructs without guard rails at synth", () =>
    withBench({ env: { ALICLOUD_ACCESS_KEY: ACCESS_KEY, ALICLOUD_SECRET_KEY: SECRET_KEY } }, async ({ ecs, tf }) => {
      const stack = new TerraformStack(new App({ outdir: tf.temporary, skipValidation: true }), "stack");
      const anywhere = { region: "cn-beijing", protocol: "HTTP" as const, endpoints: { ecs: ecs.endpoint, sts: ecs.endpoint } };
      new ImageTaskProvider(stack, "provider", { ...anywhere, accessKey: ACCESS_KEY, secretKey: SECRET_KEY });
      const keyless = new ImageTaskProvider(stack, "keyless", { ...anywhere, alias: "keyless" });
      const disk = { ossObject: "disk.qcow2" };
      new ImageImport(stack, "bad", { diskDeviceMapping: [{ ...disk, ossBucket: "scratch" }], imageName: "bad" });
      new ImageCopy(stack, "copy", { imageId: "m-bp1g7004ksh0oeuc****", sourceRegion: "cn-hangzhou", region: "cn-beijing" });
      // Its import follows the rules, because Terraform does not plan a completion that depends on a refused import. Credentials in a provider
      // block are an error of the first resource that the provider plans, so this import has another provider.
      new ImageImport(stack, "unwatched", {
        provider: keyless,
        ...{ diskDeviceMapping: [{ ...disk, ossBucket: "golden-images" }], imageName: "golden-a", region: "cn-hangzhou" },
        ...{ roleName: "image-import", retainOnDestroy: true, tags: { team: "web" }, onInterrupt: "detach", timeout: "5h" },
      });
      const { provider, resource } = synth(stack);
      writeFileSync(join(tf.folder, "cdk.tf.json"), JSON.stringify({ provider, resource }));
      expect(rulesIn(exited(await tf.start(["plan"], { env: policyIn(tf.folder) }).done, 1).output)).toEqual(ALL);
      expect(callsOf(ecs, "ImportImage", "CopyImage")).toEqual([]);
    }),
  );

  test.concurrent("apply in a module, with for_each, to a second provider and to a provider with a looser policy", () =>
    withBench({}, async ({ ecs, tf }) => {
      mkdirSync(join(tf.folder, "hidden"));
      const source = `source = "${PROVIDER_SOURCE}"`;
      writeFileSync(
        join(tf.folder, "hidden/main.tf"),
        `terraform {\n required_providers {\n imagetask = { ${source} }\n }\n}\n${exporting("inside", '"m-1"')}`,
      );
      tf.write(`${providerBlock(ecs, 'policy = jsonencode({ buckets = ["*"] })')}
${providerBlock(ecs, 'alias = "free"')}
module "hidden" {
  source    = "./hidden"
  providers = { imagetask = imagetask.free }
}
resource "imagetask_export" "each" {
  for_each   = { a = "scratch-a", b = "golden-b" }
  provider   = imagetask.free
  image_id   = "m-1"
  oss_bucket = each.value
  role_name  = "image-export"
}
`);
      exited(await tf.run("get"));
      const { output } = exited(await tf.start(["plan", "-input=false"], { env: policyIn(tf.folder) }).done, 1);
      expect([...flat(output).matchAll(/Error: IT001: .*? with (\S+),/g)].map(([, address]) => address).sort()).toEqual([
        'imagetask_export.each["a"]',
        "module.hidden.imagetask_export.inside",
      ]);
    }),
  );
});

const rulesIn = (output: string): string[] =>
  [...new Set(flat(output).match(/Error: IT0\d\d(?=:)/g))].map((error) => error.slice(7)).sort();

function policyIn(folder: string): { readonly IMAGETASK_POLICY: string } {
  const file = join(folder, "policy.json");
  writeFileSync(file, JSON.stringify(RULES));
  return { IMAGETASK_POLICY: file };
}
