import { checkTasks } from "../../../lib/contract/checks";
import { UNKNOWN } from "../../../lib/contract/values";
import { lines, places } from "./issues";

test("filters are accepted in upper and lower case, and times with and without seconds", () => {
  expect(checkTasks({})).toEqual([]);
  expect(
    checkTasks({
      region: "cn-hangzhou",
      task_ids: ["t-1", UNKNOWN],
      task_action: "importimage",
      task_status: "PROCESSING",
      start_time: "2026-01-31T08:00Z",
      end_time: "2026-01-31T08:00:01Z",
      resource_ids: ["m-1"],
    }),
  ).toEqual([]);
});

test.each([
  ["task_ids", ["t-1,t-2"], "Give one id per item"],
  ["task_ids", Array.from({ length: 101 }, (_, index) => `t-${index}`), "has 101 ids"],
  ["resource_ids", [""], "it is empty"],
  ["task_action", "CancelTask", '"ImportImage", "ExportImage"'],
  ["task_status", "Done", '"Finished"'],
  ["start_time", "2026-01-31", 'Write "2026-01-31T00:00:00Z"'],
  ["start_time", "2026-01-31T08:00:00+08:00", 'Write "2026-01-31T00:00:00Z"'],
  ["end_time", "2026-02-30T00:00:00Z", "A time is in UTC"],
  ["end_time", "yesterday", "A time is in UTC"],
])("%s %j is refused", (argument, value, because) => {
  const issues = checkTasks({ [argument]: value });
  expect(places(issues)[0].split(".")[0]).toBe(argument);
  expect(lines(issues).join()).toContain(because);
});

test("an end_time before the start_time is refused", () => {
  const issues = checkTasks({ start_time: "2026-02-01T00:00:00Z", end_time: "2026-01-31T00:00:00Z" });
  expect(places(issues)).toEqual(["end_time"]);
  expect(lines(issues).join()).toContain("Swap the two");
});
