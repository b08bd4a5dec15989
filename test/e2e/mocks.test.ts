import { withBench } from "../support/e2e/bench";
import { runWithMocks } from "../support/e2e/mock-run";

test("terraform test with mock_provider goes through imports, copies and completions, and tears them down, asking nobody", () =>
  withBench({}, (bench) => runWithMocks(bench, 2)));
