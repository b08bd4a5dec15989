import fc from "fast-check";
import { checkImport } from "../../../lib/contract/checks";
import { UNKNOWN, type Value, type ValueObject } from "../../../lib/contract/values";
import { lines, places } from "./issues";

const DISK = { oss_bucket: "my-bucket", oss_object: "images/disk.qcow2" };

const withArgument = (argument: string, value: Value): ValueObject => ({ disk_device_mapping: [DISK], [argument]: value });
const withDisks = (...disks: Value[]): ValueObject => ({ disk_device_mapping: disks });

test("an import with only a disk is accepted", () => {
  expect(checkImport(withDisks(DISK))).toEqual([]);
});

test("an import with a valid value for every argument is accepted", () => {
  const config = {
    ...withDisks(
      { ...DISK, format: "qcow2", disk_image_size: 40, device: "/dev/xvda" },
      { ...DISK, oss_object: "data.raw", format: "RAW", disk_image_size: 2048 },
    ),
    image_name: "web:1.0_b-2",
    description: "The web server",
    architecture: "arm64",
    os_type: "LINUX",
    platform: "ubuntu",
    boot_mode: "uefi",
    license_type: "Auto",
    role_name: "AliyunECSImageImportDefaultRole",
    resource_group_id: "rg-bp67acfmxazb4p",
    detection_strategy: "Standard",
    features: [{ nvme_support: "supported", imds_support: "v2" }],
    tags: { team: "web", empty: "" },
    region: "ap-southeast-1",
    start_key: "stack/import",
    retain_on_destroy: true,
    timeouts: { create: "10m", delete: "1h" },
  };
  expect(lines(checkImport(config))).toEqual([]);
});

test.each([
  ["image_name", "ab"],
  ["image_name", "镜像-1"],
  ["image_name", "É".repeat(128)],
  ["description", "x".repeat(256)],
  ["description", "see http://example.com"],
  ["architecture", "i386"],
  ["platform", "Others Linux"],
  ["platform", "Windows Server 2025"],
  ["boot_mode", "BIOS"],
  ["region", "cn-beijing-finance-1"],
  ["region", "rus-west-1"],
  ["region", "cn-wuhan-lr"],
  ["role_name", "my.role_1-a"],
  ["start_key", "x".repeat(128)],
  ["storage_location_arn", "arn:acs:cloudbox:cn-hangzhou:123456:cloudbox/cb-1"],
])("%s %j is accepted", (argument, value) => {
  expect(lines(checkImport(withArgument(argument, value)))).toEqual([]);
});

test.each([
  ["image_name", "a", "it has 1 character"],
  ["image_name", "a".repeat(129), "it has 129 characters"],
  ["image_name", "1st", "letter or Chinese character"],
  ["image_name", "aliyun-web", '"aliyun", which is reserved'],
  ["image_name", "acs:web", '"acs:", which is reserved'],
  ["image_name", "my image", 'Write, for example, "my-image".'],
  ["image_name", "web/http://x", "is not allowed in it"],
  ["description", "x", "it has 1 character"],
  ["description", "x".repeat(257), "it has 257 characters"],
  ["description", "https://example.com", "it starts like a URL"],
  ["architecture", "amd64", '"x86_64", "i386", "arm64"'],
  ["architecture", "x86-64", 'Did you mean "x86_64"?'],
  ["os_type", "windows server", 'Allowed: "linux", "windows"'],
  ["platform", "Debain", 'Did you mean "Debian"?'],
  ["platform", "Plan 9", '"Others Linux"'],
  ["boot_mode", "legacy", '"BIOS", "UEFI"'],
  ["license_type", "MIT", '"Auto", "Aliyun", "BYOL"'],
  ["detection_strategy", "full", '"Standard"'],
  ["role_name", "acs:ram::123456:role/importer", 'Write only the name: "importer"'],
  ["resource_group_id", "", "it is empty"],
  ["region", "Hangzhou", 'Write "cn-hangzhou"'],
  ["region", "cn_hangzhou", 'Write "cn-hangzhou"'],
  ["region", "CN-Shanghai", 'Write "cn-shanghai"'],
  [
    "region",
    "cn-hangzhou-h",
    'a zone. A region id has lower-case letters, digits and dashes, such as "cn-hangzhou" or "ap-southeast-1". Write "cn-hangzhou"',
  ],
  ["region", "ap-southeast-1a", 'Write "ap-southeast-1"'],
  ["region", "", "The console lists the regions"],
  ["start_key", "", "it has 0 characters"],
  ["start_key", "x".repeat(129), "it has 129 characters"],
  ["start_key", "schlüssel", "not printable ASCII"],
])("%s %j is refused", (argument, value, because) => {
  const issues = checkImport(withArgument(argument, value));
  expect(places(issues)).toEqual([argument]);
  expect(lines(issues).join()).toContain(because);
});

test.each([
  ["oss_bucket", "ab", "3 to 63 lower-case letters"],
  ["oss_bucket", "My-Bucket", "lower-case"],
  ["oss_bucket", "-bucket", "neither starts nor ends with a dash"],
  ["oss_bucket", "oss://my-bucket/disk.raw", 'Write "my-bucket"'],
  ["oss_bucket", "my-bucket.oss-cn-hangzhou.aliyuncs.com", 'Write "my-bucket"'],
  ["oss_object", "", "it has 0 bytes"],
  ["oss_object", "/images/disk.raw", 'Write "images/disk.raw"'],
  ["oss_object", "oss://my-bucket/images/disk.raw", 'Write "images/disk.raw"'],
  ["oss_object", "images/", "it is a folder"],
  ["oss_object", "é".repeat(512), "it has 1024 bytes"],
  ["format", "iso", '"RAW", "VHD", "QCOW2", "VMDK"'],
  ["disk_image_size", 0, "Write 1,"],
  ["disk_image_size", 2049, "Write 2048,"],
  ["disk_image_size", 10.5, "Write 11,"],
  // A number that JavaScript cannot represent exactly is decoded to text.
  ["disk_image_size", "1e30", "Write 2048,"],
  // So is a fraction that is not exact in binary.
  ["disk_image_size", "10.1", "Write 11,"],
])("a disk's %s %j is refused", (argument, value, because) => {
  const issues = checkImport(withDisks({ ...DISK, [argument]: value }));
  expect(places(issues)).toEqual([`disk_device_mapping.0.${argument}`]);
  expect(lines(issues).join()).toContain(because);
});

test("architecture arm64 with boot_mode BIOS is refused; without boot_mode it is accepted", () => {
  expect(places(checkImport({ ...withDisks(DISK), architecture: "ARM64", boot_mode: "bios" }))).toEqual(["boot_mode"]);
  expect(checkImport({ ...withDisks(DISK), architecture: "arm64", boot_mode: null })).toEqual([]);
  expect(checkImport({ ...withDisks(DISK), architecture: "i386", boot_mode: "BIOS" })).toEqual([]);
});

test.each([
  ["Windows Server 2022", "linux", 'Write `os_type` "windows"'],
  ["other windows", "LINUX", 'Write `os_type` "windows"'],
  ["Ubuntu", "Windows", 'Write `os_type` "linux"'],
])("platform %s with os_type %s is refused", (platform, osType, because) => {
  const issues = checkImport({ ...withDisks(DISK), platform, os_type: osType });
  expect(places(issues)).toEqual(["platform"]);
  expect(lines(issues).join()).toContain(because);
});

test("an import without a disk or with more than 17 disks is refused", () => {
  const disks = (number: number) => Array.from({ length: number }, (_, index) => ({ ...DISK, oss_object: `disk-${index}` }));
  expect(checkImport(withDisks(...disks(17)))).toEqual([]);
  expect(lines(checkImport(withDisks(...disks(18)))).join()).toContain("Remove 1.");
  expect(lines(checkImport(withDisks())).join()).toContain("Add the system disk.");
});

test("two disks with the same object or device are refused, and the message names the disks", () => {
  const other = { ...DISK, oss_object: "other" };
  expect(lines(checkImport(withDisks(DISK, other, DISK)))).toEqual([
    expect.stringContaining('Disks 1 and 3 of `disk_device_mapping` both name the object "my-bucket/images/disk.qcow2"'),
  ]);
  expect(places(checkImport(withDisks({ ...DISK, device: "/dev/xvda" }, { ...other, device: "/dev/xvda" })))).toEqual([
    "disk_device_mapping.1.device",
  ]);
  expect(checkImport(withDisks(DISK, { ...DISK, oss_bucket: "my-other-bucket" }))).toEqual([]);
});

test.each([
  [{ "imagetask:start_key": "x" }, "is reserved"],
  [{ "ImageTask:anything": "x" }, "is reserved"],
  [{ "ImageTask:Start_Key": "x" }, "is reserved"],
  [{ "aliyun-x": "x" }, "reserved"],
  [{ "acs:x": "x" }, "reserved"],
  [{ "": "x" }, "it has 0 characters"],
  [{ ["k".repeat(129)]: "x" }, "it has 129 characters"],
  [{ "see http://x": "x" }, 'contains "http://"'],
  [{ key: "v".repeat(129) }, "it has 129 characters"],
  [{ key: "https://x" }, 'contains "http://"'],
  [Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`k${index}`, "v"])), "Remove 1."],
])("tags %j are refused", (tags, because) => {
  expect(lines(checkImport(withArgument("tags", tags))).join()).toContain(because);
});

test("fourteen tags are accepted", () => {
  expect(checkImport(withArgument("tags", Object.fromEntries(Array.from({ length: 14 }, (_, index) => [`k${index}`, "v"]))))).toEqual([]);
});

test.each([
  ["create", "20", 'Write "20s" for seconds or "20m" for minutes.'],
  ["delete", "0s", "a number above zero"],
  ["create", "2 hours", 'Write "2h".'],
  ["create", "2d", 'Write "48h".'],
])("timeouts.%s %j is refused", (limit, value, because) => {
  const issues = checkImport({ ...withDisks(DISK), timeouts: { [limit]: value } });
  expect(places(issues)).toEqual([`timeouts.${limit}`]);
  expect(lines(issues).join()).toContain(because);
});

test("no check refuses a value that is known only after apply", () => {
  expect(
    checkImport({
      disk_device_mapping: UNKNOWN,
      image_name: UNKNOWN,
      tags: UNKNOWN,
      timeouts: UNKNOWN,
      features: UNKNOWN,
      platform: UNKNOWN,
      os_type: "windows",
    }),
  ).toEqual([]);
  expect(
    checkImport(
      withDisks(
        UNKNOWN,
        { oss_bucket: UNKNOWN, oss_object: "x", format: UNKNOWN, disk_image_size: UNKNOWN },
        { oss_bucket: UNKNOWN, oss_object: "x" },
      ),
    ),
  ).toEqual([]);
  expect(checkImport(withArgument("tags", { key: UNKNOWN }))).toEqual([]);
  expect(checkImport({ ...withDisks(DISK), architecture: "arm64", boot_mode: UNKNOWN })).toEqual([]);
});

test("the path of every issue is the argument, and its message names the argument", () => {
  let issues = 0;
  fc.assert(
    fc.property(
      fc.string({ unit: "binary" }),
      fc.constantFrom("image_name", "description", "platform", "region", "start_key", "role_name"),
      (value, argument) => {
        for (const issue of checkImport(withArgument(argument, value))) {
          issues++;
          expect(issue.path).toEqual([argument]);
          expect(issue.detail).toContain(`\`${argument}\``);
          expect(issue.detail).toMatch(/[.?]$/);
        }
      },
    ),
  );
  expect(issues).toBeGreaterThan(10);
});

test("a name that a message proposes is a valid one", () => {
  let proposals = 0;
  fc.assert(
    fc.property(fc.string(), (name) => {
      const proposed = /Write, for example, (".*")\.$/.exec(lines(checkImport(withArgument("image_name", name))).join())?.[1];
      if (!proposed || proposed.endsWith('..."')) return;
      proposals++;
      expect(checkImport(withArgument("image_name", JSON.parse(proposed)))).toEqual([]);
    }),
  );
  expect(proposals).toBeGreaterThan(10);
});
