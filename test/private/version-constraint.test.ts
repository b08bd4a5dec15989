import { exactVersion, satisfies } from "../../lib/private/version-constraint";

test.each([
  ["1.2.3", "1.2.3"],
  ["= 1.2.3", "1.2.3"],
  ["=1.2.3-beta.1", "1.2.3-beta.1"],
  ["~> 1.2.3", null],
  [">= 1.2.3", null],
  ["1.2", null],
  ["1.2.3, 1.2.4", null],
  ["", null],
])("the exact version of the constraint %j is %j", (constraint, version) => {
  expect(exactVersion(constraint)).toBe(version);
});

test.each([
  ["1.2.3", "1.2.3", true],
  ["1.2.3", "1.2.4", false],
  ["1.9.0", "~> 1.2", true],
  ["2.0.0", "~> 1.2", false],
  ["1.2.9", "~> 1.2.3", true],
  ["1.3.0", "~> 1.2.3", false],
  ["1.2.2", "~> 1.2.3", false],
  ["1.5.0", ">= 1.2, < 2.0", true],
  ["2.0.0", ">= 1.2, < 2.0", false],
  ["1.5.0", "> 1.5.0", false],
  ["1.5.0", "<= 1.5.0", true],
  ["1.5.0", "!= 1.5.0", false],
  ["1.5.0-beta", ">= 1.5.0", false],
  ["1.5.0", "> 1.5.0-beta", true],
  ["1.5.0", "", true],
  ["1.5.0", "something else", true],
])("whether %s meets the constraint %j: %s", (version, constraint, expected) => {
  expect(satisfies(version, constraint)).toBe(expected);
});
