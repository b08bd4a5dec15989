import { checkCompletion } from "../../../lib/contract/checks";
import { UNKNOWN } from "../../../lib/contract/values";
import { lines, places } from "./issues";

test("on_timeout and on_interrupt are accepted in upper and lower case", () => {
  expect(
    checkCompletion({ operation_id: "import:cn-hangzhou:t-1", on_timeout: "Cancel", on_interrupt: "DETACH", timeouts: { create: "2h" } }),
  ).toEqual([]);
  expect(checkCompletion({ operation_id: UNKNOWN, on_timeout: null })).toEqual([]);
});

test.each([
  ["operation_id", "", "Give the `id` of an imagetask_import"],
  ["operation_id", "import cn", "it contains a blank"],
  ["on_timeout", "abort", 'Allowed: "cancel", "detach"'],
  ["on_interrupt", "cancle", 'Did you mean "cancel"?'],
])("%s %j is refused", (argument, value, because) => {
  const issues = checkCompletion({ operation_id: "x", [argument]: value });
  expect(places(issues)).toEqual([argument]);
  expect(lines(issues).join()).toContain(because);
});
