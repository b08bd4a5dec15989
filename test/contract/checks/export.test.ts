import { checkExport } from "../../../lib/contract/checks";
import { UNKNOWN } from "../../../lib/contract/values";
import { lines, places } from "./issues";

const EXPORT = { image_id: "m-bp1g7004ksh0oeuc", oss_bucket: "my-bucket" };

test("an export with an image and a bucket is accepted, and so is a format in upper case", () => {
  expect(checkExport(EXPORT)).toEqual([]);
  expect(
    checkExport({
      ...EXPORT,
      oss_prefix: "Nightly2026",
      image_format: "VHD",
      region: "cn-hangzhou",
      role_name: "exporter",
      start_key: "a",
      timeouts: { create: "5m" },
    }),
  ).toEqual([]);
});

test.each([
  ["image_id", "", "it is empty"],
  ["image_id", "m-1 ", "it contains a blank"],
  ["oss_bucket", "https://my-bucket.oss-cn-hangzhou.aliyuncs.com", 'Write "my-bucket"'],
  ["oss_prefix", "", "Omit it"],
  ["oss_prefix", "backup/2026", 'Write, for example, "backup2026"'],
  ["oss_prefix", "x".repeat(31), "1 to 30 letters and digits"],
  ["image_format", "iso", '"raw", "vhd", "qcow2", "vmdk", "vdi"'],
  ["role_name", "a role", "1 to 64 letters"],
  ["region", "Shanghai", 'Write "cn-shanghai"'],
])("%s %j is refused", (argument, value, because) => {
  const issues = checkExport({ ...EXPORT, [argument]: value });
  expect(places(issues)).toEqual([argument]);
  expect(lines(issues).join()).toContain(because);
});

test("an image that is known only after apply is accepted", () => {
  expect(checkExport({ ...EXPORT, image_id: UNKNOWN, oss_prefix: UNKNOWN })).toEqual([]);
});
