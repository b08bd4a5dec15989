import { withBench } from "../support/e2e/bench";
import { runWithMocks } from "../support/e2e/mock-run";
import { exited } from "../support/e2e/terraform";
import { NEWER_VERSION, newerTerraform } from "./support/newer-terraform";

describe.each<[string, () => string]>([
  ["the installed Terraform", () => "terraform"],
  [`Terraform ${NEWER_VERSION}`, newerTerraform],
])("with %s", (_, command) => {
  test("terraform test passes with mock_provider in several runs with random values", () =>
    withBench({ command: command() }, (bench) => runWithMocks(bench, 6)));
});

test("the newer Terraform has the version that the tests name", () =>
  withBench({ command: newerTerraform() }, async ({ tf }) => {
    expect(exited(await tf.run("version")).output).toContain(`Terraform v${NEWER_VERSION}`);
  }));
