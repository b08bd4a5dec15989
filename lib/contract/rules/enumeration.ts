import { shown, type TextCheck } from "./finding";
import { nearest } from "./nearest";
import { LINUX_PLATFORMS, WINDOWS_PLATFORMS, canonicalWindowsServer } from "./platform";

/** The values that ECS (or this provider) knows, in their own spelling; users may write them in any case. */
const ENUMERATIONS: { readonly [argument: string]: readonly string[] } = {
  architecture: ["x86_64", "i386", "arm64"],
  os_type: ["linux", "windows"],
  platform: [...LINUX_PLATFORMS, ...WINDOWS_PLATFORMS],
  boot_mode: ["BIOS", "UEFI"],
  license_type: ["Auto", "Aliyun", "BYOL"],
  detection_strategy: ["Standard"],
  // VMDK is for accounts that Alibaba Cloud has invited.
  format: ["RAW", "VHD", "QCOW2", "VMDK"],
  nvme_support: ["supported", "unsupported"],
  imds_support: ["v1", "v2"],
  image_format: ["raw", "vhd", "qcow2", "vmdk", "vdi"],
  protocol: ["HTTPS", "HTTP"],
  on_timeout: ["cancel", "detach"],
  on_interrupt: ["cancel", "detach"],
  task_action: ["ImportImage", "ExportImage", "RedeployInstance", "ModifyDiskSpec", "ArchiveSnapshot"],
  // Today's API reference names the first three; older ones and real answers know the rest.
  task_status: ["Finished", "Processing", "Failed", "Waiting", "Deleted", "Paused"],
};

/**
 * The value in ECS's own spelling, whatever the case it was written in: `qcow2` for `format` gives `QCOW2`. A value that
 * is none of the argument's comes back as it is.
 */
export function canonicalEnum(argument: string, value: string): string {
  const wanted = value.toLowerCase();
  const known = ENUMERATIONS[argument]?.find((candidate) => candidate.toLowerCase() === wanted);
  return known ?? (argument === "platform" ? canonicalWindowsServer(value) : null) ?? value;
}

/** One of the argument's values, in any case. */
export const checkEnum: TextCheck = (value, argument) => {
  const allowed = ENUMERATIONS[argument];
  const canonical = canonicalEnum(argument, value);
  if (allowed.includes(canonical) || (argument === "platform" && canonicalWindowsServer(value) !== null)) return null;
  const guess = nearest(value, allowed);
  const list = `Allowed: ${allowed.map((item) => `"${item}"`).join(", ")}, in any case.`;
  return {
    summary: `Invalid ${argument}`,
    detail: `\`${argument}\` is ${shown(value)}. ${list}${guess ? ` Did you mean "${guess}"?` : whatElse(argument)}`,
  };
};

function whatElse(argument: string): string {
  if (argument === "platform") return ` For another distribution, write "Others Linux" or "Other Windows".`;
  if (argument === "format") return " Leave it out and ECS detects the file's format.";
  return " Write one of these.";
}
