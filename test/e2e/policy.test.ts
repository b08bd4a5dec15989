import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ACCESS_KEY, callsOf, flat, SECRET_KEY, withBench } from "../support/e2e/bench";
import { importing, providerBlock } from "../support/e2e/hcl";
import { exited } from "../support/e2e/terraform";

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

/** Nothing depends on anything else here: of what does, Terraform asks once that is mended. */
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

/** A bucket that Terraform learns at apply. */
const LATE = `
resource "terraform_data" "bucket" {
  input = "scratch"
}
${KEEPING.replace('"golden-images"', "terraform_data.bucket.output").replaceAll("good", "late")}
`;

describe("the platform's rules hold at deploy time, whatever synth let pass", () => {
  test.concurrent("what breaks every rule gets all ten findings at plan; what exists is let be, and destroyed when asked", () =>
    withBench({}, async ({ ecs, tf }) => {
      const policy = join(tf.folder, "policy.json");
      writeFileSync(policy, JSON.stringify(RULES));
      const under = (command: string, ...args: string[]) =>
        tf.start([command, "-input=false", ...args], { env: { IMAGETASK_POLICY: policy } }).done;
      tf.write(providerBlock(ecs) + importing("old", { completion: null }));
      exited(await tf.apply());

      tf.write(providerBlock(ecs) + importing("old", { completion: null }) + BREAKING);
      const { output } = exited(await under("plan"), 1);
      expect([...new Set(flat(output).match(/Error: IT0\d\d(?=:)/g))].map((error) => error.slice(7)).sort()).toEqual(ALL);
      expect(flat(output)).toContain(`The rule stands in IMAGETASK_POLICY (${policy}).`);
      expect(flat(output)).toMatch(/Warning: IT009: credentials in the configuration .*access_key = /);

      tf.write(providerBlock(ecs) + importing("old", { completion: null }));
      expect(exited(await under("plan")).output).toContain("Warning: IT001");
      exited(await under("destroy", "-auto-approve"));
      expect(callsOf(ecs, "ImportImage", "CopyImage")).toHaveLength(1);
    }),
  );

  test.concurrent("what keeps the rules is started, and what turns out to break one at apply is not", () =>
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
});
