import { matches } from "../../../lib/emulator/values/matcher";

test.each([
  ["ImportImage", "ImportImage", true],
  ["ImportImage", "ImportImages", false],
  ["Describe*", "DescribeTasks", true],
  ["*.qcow2", "a/b.qcow2", true],
  ["*.qcow2", "a/bxqcow2", false],
  ["/^Describe/", "DescribeTasks", true],
  ["/^describe/i", "DescribeTasks", true],
  [/^Describe/g, "DescribeTasks", true],
  [/Tasks$/, "DescribeTask", false],
])("the pattern %p matches %s: %p", (pattern, value, answer) => {
  expect(matches(pattern, value)).toBe(answer);
  expect(matches(pattern, value)).toBe(answer);
});
