import { createServer } from "node:net";
import { once } from "node:events";
import { flat, REGION, withBench } from "../support/e2e/bench";
import { copying, exporting, importing, providerBlock } from "../support/e2e/hcl";
import { keptPromise } from "../support/waiting/kept-promise";
import { exited } from "../support/e2e/terraform";

/** Matches what Terraform prints above a message: the resource and the line. */
const pointsAt = (resource: string, line: string | RegExp): RegExp => {
  const [type, name] = resource.split(".");
  return new RegExp(
    `in resource "${type}" "${name}":\\n[\\s│]*\\d+:\\s*${line instanceof RegExp ? line.source : line.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`,
  );
};

describe("wrong input is an error that starts nothing", () => {
  test.concurrent("at validate, with the argument's line, for everything that can be checked without ECS", () =>
    withBench({}, async ({ ecs, tf }) => {
      for (const [body, where, message] of [
        [importing().replace('image_name = "web"', 'image_name = "1x"'), pointsAt("imagetask_import.web", 'image_name = "1x"'), '"1x"'],
        [
          importing("web", { start: 'architecture = "arm64"\nboot_mode = "BIOS"' }),
          pointsAt("imagetask_import.web", /(boot_mode = "BIOS"|architecture = "arm64")/),
          "UEFI",
        ],
        [
          importing("web", { start: 'description = "http://example.com"' }),
          pointsAt("imagetask_import.web", 'description = "http://example.com"'),
          "http://",
        ],
        [importing().replace('"qcow2"', '"vmx"'), pointsAt("imagetask_import.web", /format\s+= "vmx"/), "QCOW2"],
        [
          importing("web", { start: 'timeouts { create = "soon" }' }),
          pointsAt("imagetask_import.web", /timeouts \{ create = "soon" \}/),
          '"soon"',
        ],
        [exporting("out", '"m-1"', { start: 'image_format = "iso"' }), pointsAt("imagetask_export.out", 'image_format = "iso"'), "qcow2"],
        [
          exporting("out", '"m-1"').replace('oss_prefix = "out"', 'oss_prefix = "a/b"'),
          pointsAt("imagetask_export.out", 'oss_prefix = "a/b"'),
          "letters",
        ],
        [importing("web", { completion: 'on_timeout = "stop"' }), pointsAt("imagetask_completion.web", 'on_timeout = "stop"'), "detach"],
      ] as const) {
        tf.write(providerBlock(ecs) + body);
        const { output } = exited(await tf.run("validate"), 1);
        expect(output).toMatch(where);
        expect(output).toContain(message);
      }
      expect(ecs.calls).toEqual([]);
    }),
  );

  test.concurrent("at plan, not at validate, for ids and regions, because a mock may make them up", () =>
    withBench({}, async ({ ecs, tf }) => {
      for (const [body, where, message] of [
        [
          `resource "imagetask_completion" "web" {\n  operation_id = "t-bp1234567890123456"\n}\n`,
          pointsAt("imagetask_completion.web", 'operation_id = "t-bp1234567890123456"'),
          "is not an operation's id",
        ],
        [
          importing("web", { start: 'region = "hangzhou"' }),
          pointsAt("imagetask_import.web", 'region = "hangzhou"'),
          'Write "cn-hangzhou"',
        ],
        [
          copying("far", '"m-1"').replace(/source_region = ".*"/, 'source_region = "q1w2e3"'),
          pointsAt("imagetask_copy.far", 'source_region = "q1w2e3"'),
          "Invalid region",
        ],
        ['data "imagetask_tasks" "all" {\n  region = "q1w2e3"\n}', /in data "imagetask_tasks" "all"/, "Invalid region"],
      ] as const) {
        tf.write(providerBlock(ecs) + body);
        exited(await tf.run("validate"));
        const { output } = exited(await tf.plan(), 1);
        expect(output).toMatch(where);
        expect(flat(output)).toContain(message);
      }
      expect(ecs.calls).toEqual([]);
    }),
  );

  test.concurrent("at validate for each required argument that is null, but not for one that is unknown", () =>
    withBench({}, async ({ ecs, tf }) => {
      const nulls = (value: string): string => `
locals { none = ${value} }
resource "terraform_data" "later" {}
resource "imagetask_import" "web" {
  disk_device_mapping {
    oss_bucket = local.none
    oss_object = local.none
  }
}
resource "imagetask_export" "out" {
  image_id   = local.none
  oss_bucket = local.none
}
resource "imagetask_copy" "far" {
  region        = "cn-beijing"
  image_id      = local.none
  source_region = local.none
}
resource "imagetask_completion" "web" {
  operation_id = local.none
}`;
      tf.write(providerBlock(ecs) + nulls("null"));
      const { output } = exited(await tf.run("validate"), 1);
      expect(output.match(/Error: .*/g)!.sort()).toEqual(
        ["image_id", "image_id", "operation_id", "oss_bucket", "oss_bucket", "oss_object", "source_region"].map(
          (name) => `Error: Missing ${name}`,
        ),
      );
      tf.write(providerBlock(ecs) + nulls("terraform_data.later.id"));
      exited(await tf.run("validate"));
      exited(await tf.plan(), 2);
      expect(ecs.calls).toEqual([]);
    }),
  );

  test.concurrent("at apply within 15 s, with the argument's line, for what only ECS knows, and existing resources stay", () =>
    withBench({ taskDuration: "1s" }, async ({ ecs, tf }) => {
      const { id } = ecs.addImage({ region: REGION, name: "taken" });
      const good = providerBlock(ecs) + importing("good", { completion: null });
      tf.write(good);
      exited(await tf.apply());
      const started = ecs.tasks.length;
      ecs.oss.declare({ name: "images", region: REGION, objects: [{ key: "good.qcow2" }] });

      for (const [body, where, message] of [
        [
          importing("web", { start: 'region = "cn-nowhere-9"' }),
          pointsAt("imagetask_import.web", 'region = "cn-nowhere-9"'),
          "cn-nowhere-9",
        ],
        [
          importing("web", { completion: null }),
          pointsAt("imagetask_import.web", /oss_object = "web\.qcow2"/),
          "InvalidOSSObject.NotFound",
        ],
        [
          importing("web", { completion: null }).replace('"images"', '"elsewhere"'),
          pointsAt("imagetask_import.web", 'oss_bucket = "elsewhere"'),
          "InvalidOSSBucket.NotFound",
        ],
        [
          importing("good2", { completion: null })
            .replace("good2.qcow2", "good.qcow2")
            .replace('image_name = "good2"', 'image_name = "taken"'),
          pointsAt("imagetask_import.good2", 'image_name = "taken"'),
          id,
        ],
        [
          exporting("out", '"m-bp1unknown000000001"', { completion: null }),
          pointsAt("imagetask_export.out", /image_id\s+= "m-bp1unknown000000001"/),
          "InvalidImageId.NotFound",
        ],
        [
          copying("far", '"m-bp1unknown000000001"', { completion: null }),
          pointsAt("imagetask_copy.far", /image_id\s+= "m-bp1unknown000000001"/),
          "InvalidImageId.NotFound",
        ],
        [
          copying("far", `"${id}"`, { completion: null }).replace('"cn-beijing"', '"cn-nowhere-9"'),
          pointsAt("imagetask_copy.far", /region\s+= "cn-nowhere-9"/),
          "cn-nowhere-9",
        ],
      ] as const) {
        tf.write(good + body);
        const { output, seconds } = exited(await tf.apply(), 1);
        expect(output).toMatch(where);
        expect(flat(output)).toContain(message);
        keptPromise("the error about the argument", 1_000 * seconds, 15_000);
        expect(tf.resources()).toEqual(["imagetask_import.good"]);
      }
      expect(ecs.tasks).toHaveLength(started);
    }),
  );

  test.concurrent("for missing, half or wrong credentials", () =>
    withBench({}, async ({ ecs, tf }) => {
      const provider = providerBlock(ecs);
      const without = (...names: string[]): string =>
        names.reduce((text, name) => text.replace(new RegExp(`^\\s*${name}\\s*=.*\\n`, "m"), ""), provider);

      tf.write(without("access_key", "secret_key") + importing());
      const missing = exited(await tf.plan(), 1);
      expect(missing.output).toContain("Error: No credentials for Alibaba Cloud");
      keptPromise("the error about missing credentials", 1_000 * missing.seconds, 15_000);

      tf.write(without("secret_key") + importing());
      const half = exited(await tf.plan(), 1);
      expect(half.output).toContain("Error: Half of an AccessKey pair");
      expect(half.output).toMatch(/on main\.tf line \d+, in provider "imagetask"/);

      tf.write(provider.replace(/access_key = ".*"/, 'access_key = "LTAI5tWrongWrongWrong"') + importing());
      const wrong = exited(await tf.apply(), 1);
      expect(flat(wrong.output)).toContain("InvalidAccessKeyId.NotFound");
      expect(flat(wrong.output)).toContain("Check access_key and secret_key");

      tf.write(provider.replace(/secret_key = ".*"/, 'secret_key = "WrongWrongWrongWrong30Letters1"') + importing());
      const mismatch = exited(await tf.apply(), 1);
      expect(flat(mismatch.output)).toContain("SignatureDoesNotMatch");
      expect(mismatch.output).not.toContain("WrongWrongWrongWrong30Letters1");
      expect(ecs.tasks).toEqual([]);
      expect(tf.resources()).toEqual([]);
    }),
  );

  test.concurrent("for an endpoint where nothing listens, or that speaks another protocol", () =>
    withBench({}, async ({ ecs, tf }) => {
      const free = createServer().listen(0, "127.0.0.1");
      await once(free, "listening");
      const { port } = free.address() as { port: number };
      free.close();
      tf.write(providerBlock({ endpoint: `127.0.0.1:${port}` }) + importing());
      const nobody = exited(await tf.apply(), 1);
      expect(flat(nobody.output)).toContain(`127.0.0.1:${port} cannot be reached`);
      expect(flat(nobody.output)).toContain("Check the endpoints block (ECS_ENDPOINT)");
      keptPromise("the error about an endpoint where nothing listens", 1_000 * nobody.seconds, 20_000);

      tf.write(providerBlock(ecs).replace('"HTTP"', '"HTTPS"') + importing("web", { start: 'timeouts { create = "5s" }' }));
      const tls = exited(await tf.apply(), 1);
      expect(tls.output).toContain(ecs.endpoint);
      keptPromise("the error about the other protocol", 1_000 * tls.seconds, 30_000);
    }),
  );

  test.concurrent("at plan if no region is set", () =>
    withBench({}, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs).replace(/region\s+= ".*"\n/, "") + importing());
      expect(exited(await tf.plan(), 1).output).toContain("Error: No region");
      expect(ecs.calls).toEqual([]);
    }),
  );
});
