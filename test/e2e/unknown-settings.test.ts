import { ACCESS_KEY, REGION, SECRET_KEY, withBench } from "../support/e2e/bench";
import { importing } from "../support/e2e/hcl";
import { exited } from "../support/e2e/terraform";

const ROLE = "acs:ram::1000000000000001:role/importer";

/** A provider whose role, key and region come from resources that the next generation replaces. */
function configuration(endpoint: string, generation: number): string {
  return `
resource "terraform_data" "role" {
  input            = "${ROLE}"
  triggers_replace = ${generation}
}
resource "terraform_data" "key" {
  input            = "${ACCESS_KEY}"
  triggers_replace = ${generation}
}
resource "terraform_data" "region" {
  input            = "${REGION}"
  triggers_replace = ${generation}
}
provider "imagetask" {
  region     = terraform_data.region.output
  access_key = terraform_data.key.output
  secret_key = "${SECRET_KEY}"
  protocol   = "HTTP"
  assume_role {
    role_arn = terraform_data.role.output
  }
  endpoints {
    ecs = "${endpoint}"
    sts = "${endpoint}"
  }
}
${importing()}
resource "terraform_data" "machine" {
  triggers_replace = imagetask_completion.web.image_id
}`;
}

describe("contract row 15: provider settings that are known only after apply", () => {
  test.concurrent("leave existing resources unchanged: the plan calls nothing and replaces nothing, and its apply succeeds", () =>
    withBench({ taskDuration: "1s" }, async ({ ecs, tf }) => {
      tf.write(configuration(ecs.endpoint, 1));
      exited(await tf.apply());
      const image = tf.attributes("imagetask_import.web")["id"];
      const before = ecs.calls.length;

      tf.write(configuration(ecs.endpoint, 2));
      const plan = exited(await tf.plan("-out=next"), 2);
      expect(ecs.calls).toHaveLength(before);
      expect(plan.output).toContain("Plan: 3 to add, 0 to change, 3 to destroy.");
      expect(plan.output).not.toContain("# imagetask");
      exited(await tf.run("apply", "next"));
      expect(tf.attributes("imagetask_import.web")["id"]).toBe(image);
      exited(await tf.plan(), 0);
    }),
  );

  test.concurrent("make the read of a data source fail with the argument's name, and succeed at apply with depends_on", () =>
    withBench({ taskDuration: "1s" }, async ({ ecs, tf }) => {
      const data = (more: string): string => `${configuration(ecs.endpoint, 1)}\ndata "imagetask_tasks" "all" {\n  ${more}\n}`;
      tf.write(data(""));
      const refused = exited(await tf.plan(), 1);
      expect(refused.output).toContain("Error: Provider not configured yet");
      expect(refused.output).toContain("assume_role[0].role_arn");
      tf.write(data("depends_on = [terraform_data.role, terraform_data.key, terraform_data.region]"));
      exited(await tf.apply());
      expect(tf.resources()).toContain("data.imagetask_tasks.all");
    }),
  );
});
