import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { withBench } from "../support/e2e-bench";
import { copying, importing } from "../support/e2e-hcl";
import { exited } from "../support/terraform";

it("terraform test with mock_provider goes through imports, copies and completions, and tears them down, asking nobody", () =>
  withBench({}, async ({ ecs, tf }) => {
    tf.write(
      importing() +
        copying("far", "imagetask_completion.web.image_id").replace(/source_region = ".*"/, "source_region = imagetask_import.web.region"),
    );
    writeFileSync(
      join(tf.folder, "mock.tftest.hcl"),
      `mock_provider "imagetask" {}
run "applies" {
  command = apply
  assert {
    condition     = imagetask_completion.far.image_id != ""
    error_message = "no image"
  }
}
`,
    );
    // Mocks are random, so once is not enough.
    for (let round = 0; round < 3; round++) {
      const { output } = exited(await tf.run("test"));
      expect(output).toContain("1 passed, 0 failed");
    }
    expect(ecs.calls).toEqual([]);
  }));
