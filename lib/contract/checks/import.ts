import { IMPORT_ARGUMENTS } from "../arguments";
import type { Issue, ValueObject } from "../values";
import { checkArguments } from "./arguments";
import { issueAt, shown, valueAt } from "../rules/finding";
import { checkPlatformFitsOsType } from "../rules/platform";

/** The arguments of an `imagetask_import`. Finds everything that ECS would certainly reject. */
export function checkImport(config: ValueObject): Issue[] {
  return [...checkArguments(IMPORT_ARGUMENTS, config), ...checkBoot(config), ...checkSystem(config)];
}

function checkBoot(config: ValueObject): Issue[] {
  const architecture = valueAt(config, ["architecture"]);
  const mode = valueAt(config, ["boot_mode"]);
  if (typeof architecture !== "string" || typeof mode !== "string") return [];
  if (architecture.toLowerCase() !== "arm64" || mode.toLowerCase() !== "bios") return [];
  return [
    issueAt(["boot_mode"], {
      summary: "arm64 images boot with UEFI",
      detail: `\`boot_mode\` is ${shown(mode)} and \`architecture\` is ${shown(architecture)}. An arm64 image can only boot with UEFI. Write "UEFI", or choose another architecture.`,
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
