import fc from "fast-check";
import { checkImport } from "../../lib/contract/checks";
import { startKeyOf } from "../../lib/private/start-key";

test("a path that is a valid key is the key", () => {
  expect(startKeyOf("stack/pipeline/Import")).toBe("stack/pipeline/Import");
  expect(startKeyOf("x".repeat(128))).toBe("x".repeat(128));
});

test("a longer path is shortened, and different paths give different keys", () => {
  const key = startKeyOf(`${"x".repeat(140)}/a`);
  expect(key).toHaveLength(128);
  expect(key).not.toBe(startKeyOf(`${"x".repeat(140)}/b`));
});

test("characters outside ASCII are replaced, and different paths give different keys", () => {
  expect(startKeyOf("stack/képek")).toMatch(/^stack\/k-pek-[0-9a-f]{16}$/);
  expect(startKeyOf("stack/képek")).not.toBe(startKeyOf("stack/kèpek"));
});

test("every path gives a valid key", () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, unit: "binary" }).filter((path) => !/https?:\/\/|^acs:/i.test(path)),
      (path) => {
        const issues = checkImport({ start_key: startKeyOf(path), disk_device_mapping: [{ oss_bucket: "abc", oss_object: "x" }] });
        expect(issues).toEqual([]);
      },
    ),
  );
});
