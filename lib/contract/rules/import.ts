import type { Issue, ValueObject } from "../values";
import { checkDisks } from "./disks";
import { checkEnum } from "./enumeration";
import { checkText, issueAt, itemsAt, shown, valueAt } from "./finding";
import { checkPlatformFitsOsType } from "./platform";
import { checkRoleName } from "./ram";
import { checkRegion } from "./region";
import { checkTags } from "./tags";
import { checkDescription, checkId, checkImageName, checkStartKey } from "./text";
import { checkTimeouts } from "./timeouts";

const ENUMS = ["architecture", "os_type", "platform", "boot_mode", "license_type", "detection_strategy"];

/** The arguments of an `imagetask_import`: everything that ECS would refuse and that can be known before the call. */
export function checkImport(config: ValueObject): Issue[] {
  return [
    ...checkText(config, ["region"], checkRegion),
    ...checkText(config, ["image_name"], checkImageName),
    ...checkText(config, ["description"], checkDescription),
    ...ENUMS.flatMap((name) => checkText(config, [name], checkEnum)),
    ...checkBoot(config),
    ...checkSystem(config),
    ...checkText(config, ["role_name"], checkRoleName),
    ...checkText(config, ["resource_group_id"], checkId),
    ...checkText(config, ["storage_location_arn"], checkId),
    ...checkDisks(config),
    ...itemsAt(config, ["features"]).flatMap((_, index) => [
      ...checkText(config, ["features", index, "nvme_support"], checkEnum),
      ...checkText(config, ["features", index, "imds_support"], checkEnum),
    ]),
    ...checkTags(config, ["tags"]),
    ...checkText(config, ["start_key"], checkStartKey),
    ...checkTimeouts(config),
  ];
}

function checkBoot(config: ValueObject): Issue[] {
  const architecture = valueAt(config, ["architecture"]);
  const mode = valueAt(config, ["boot_mode"]);
  if (typeof architecture !== "string" || typeof mode !== "string") return [];
  if (architecture.toLowerCase() !== "arm64" || mode.toLowerCase() !== "bios") return [];
  return [
    issueAt(["boot_mode"], {
      summary: "arm64 images boot by UEFI",
      detail: `\`boot_mode\` is ${shown(mode)} and \`architecture\` is ${shown(architecture)}. An arm64 image can only boot by UEFI. Write "UEFI", or another architecture.`,
    }),
  ];
}

function checkSystem(config: ValueObject): Issue[] {
  const platform = valueAt(config, ["platform"]);
  const osType = valueAt(config, ["os_type"]);
  if (typeof platform !== "string" || typeof osType !== "string") return [];
  const finding = checkPlatformFitsOsType(platform, osType);
  return finding ? [issueAt(["platform"], finding)] : [];
}
