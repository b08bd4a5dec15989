import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bench } from "./bench";
import { copying, importing } from "./hcl";
import { exited } from "./terraform";

/** Runs `terraform test` on an import, a copy and their completions with a mocked provider, several times because mocks are random. */
export async function runWithMocks({ ecs, tf }: Bench, rounds: number): Promise<void> {
  const copy = copying("far", "imagetask_completion.web.image_id").replace(
    /source_region = ".*"/,
    "source_region = imagetask_import.web.region",
  );
  tf.write(`${importing()}\n${copy}\ndata "imagetask_tasks" "all" {\n  region = imagetask_import.web.region\n}`);
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
  for (let round = 0; round < rounds; round++) {
    const { output } = exited(await tf.run("test"));
    expect(output).toContain("1 passed, 0 failed");
  }
  expect(ecs.calls).toEqual([]);
}
