import { canonicalEnum } from "../../../lib/contract/checks";

test.each([
  ["format", "qcow2", "QCOW2"],
  ["format", "Raw", "RAW"],
  ["image_format", "QCOW2", "qcow2"],
  ["architecture", "X86_64", "x86_64"],
  ["architecture", "ARM64", "arm64"],
  ["os_type", "Linux", "linux"],
  ["boot_mode", "uefi", "UEFI"],
  ["license_type", "byol", "BYOL"],
  ["license_type", "AUTO", "Auto"],
  ["platform", "centos stream", "CentOS Stream"],
  ["platform", "WINDOWS SERVER 2022", "Windows Server 2022"],
  ["platform", "windows server 2025", "Windows Server 2025"],
  ["detection_strategy", "STANDARD", "Standard"],
  ["nvme_support", "Supported", "supported"],
  ["imds_support", "V2", "v2"],
  ["protocol", "http", "HTTP"],
  ["on_timeout", "Detach", "detach"],
  ["on_interrupt", "CANCEL", "cancel"],
  ["task_action", "importimage", "ImportImage"],
  ["task_status", "finished", "Finished"],
])("the value of %s %j is sent to ECS as %j", (argument, given, spelt) => {
  expect(canonicalEnum(argument, given)).toBe(spelt);
});

test("a value that the argument does not allow stays as it is written", () => {
  expect(canonicalEnum("format", "Zip")).toBe("Zip");
  expect(canonicalEnum("image_name", "Anything")).toBe("Anything");
});
