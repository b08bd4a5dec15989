import { withBench } from "../support/e2e/bench";
import { runWithMocks } from "../support/e2e/mock-run";

test("terraform test with mock_provider runs imports, copies and completions and tears them down without a call to ECS", () =>
  withBench({}, (bench) => runWithMocks(bench, 2)));
