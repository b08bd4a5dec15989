import { checkCopy } from "../../../lib/contract/checks";
import { UNKNOWN } from "../../../lib/contract/values";
import { lines, places } from "./issues";

const COPY = { image_id: "m-bp1g7004ksh0oeuc", source_region: "cn-hangzhou", region: "cn-shanghai" };

test("a copy to another region is accepted", () => {
  expect(checkCopy(COPY)).toEqual([]);
  expect(checkCopy({ ...COPY, region: null })).toEqual([]);
  expect(checkCopy({ ...COPY, encrypted: true, kms_key_id: "e522b26d-abf6-4e0d-b5da-04b7", image_name: "copy", tags: { a: "b" } })).toEqual(
    [],
  );
});

test("a copy within one region is refused, unless it changes the encryption", () => {
  const issues = checkCopy({ ...COPY, region: "cn-hangzhou" });
  expect(places(issues)).toEqual(["region"]);
  expect(lines(issues).join()).toContain('both "cn-hangzhou"');
  expect(checkCopy({ ...COPY, region: "cn-hangzhou", encrypted: true })).toEqual([]);
  expect(checkCopy({ ...COPY, region: "cn-hangzhou", source_region: UNKNOWN })).toEqual([]);
});

test.each([[null], [false]])("kms_key_id with encrypted %s is refused", (encrypted) => {
  expect(places(checkCopy({ ...COPY, encrypted, kms_key_id: "key" }))).toEqual(["kms_key_id"]);
});

test("kms_key_id is accepted while encrypted is known only after apply", () => {
  expect(checkCopy({ ...COPY, encrypted: UNKNOWN, kms_key_id: "key" })).toEqual([]);
});

test.each([
  ["source_region", "cn-hangzhou-b", 'Write "cn-hangzhou"'],
  ["image_name", "2nd", "letter or Chinese character"],
  ["description", "http://x", "starts like a URL"],
  ["tags", { "acs:x": "y" }, "reserved"],
])("%s %j is refused", (argument, value, because) => {
  expect(lines(checkCopy({ ...COPY, [argument]: value })).join()).toContain(because);
});
