import type { Issue, Path, ValueObject } from "../values";
import { issueAt, itemsAt, numberAt, shown, valueAt } from "./finding";
import { count } from "./text";

const BLOCK = "disk_device_mapping";
export const MAX_DISKS = 17;
const MAX_GIB = 2048;

/** The disks of an import as a whole: the system disk first, then up to 16 data disks. */
export function checkDisks(config: ValueObject): Issue[] {
  const disks = itemsAt(config, [BLOCK]);
  const known = Array.isArray(valueAt(config, [BLOCK]));
  return [
    ...(known ? checkCount(disks.length) : []),
    ...checkTwice(
      config,
      disks.length,
      ["oss_bucket", "oss_object"],
      (values) => `the object ${shown(values.join("/"))}`,
      "Use another object, or remove one of the two disks.",
    ),
    ...checkTwice(config, disks.length, ["device"], ([device]) => `the device ${shown(device)}`, "Use another device, or omit `device`."),
  ];
}

function checkCount(disks: number): Issue[] {
  if (disks >= 1 && disks <= MAX_DISKS) return [];
  return [
    issueAt([BLOCK], {
      summary: disks === 0 ? "No disk to import" : "Too many disks",
      detail: `\`${BLOCK}\` has ${count(disks, "disk")}. An import takes 1 to ${MAX_DISKS}: the system disk first, then up to ${MAX_DISKS - 1} data disks. ${disks === 0 ? "Add the system disk." : `Remove ${disks - MAX_DISKS}.`}`,
    }),
  ];
}

/** The size of one disk. */
export function checkDiskSize(config: ValueObject, path: Path): Issue[] {
  const size = numberAt(config, path);
  if (size === null || (Number.isInteger(size) && size >= 1 && size <= MAX_GIB)) return [];
  const next = !Number.isFinite(size) || size > MAX_GIB ? MAX_GIB : Math.max(1, Math.ceil(size));
  return [
    issueAt(path, {
      summary: "Invalid disk size",
      detail: `\`disk_image_size\` is ${size}. Allowed: a whole number of GiB from 1 to ${MAX_GIB}, and at least the size of the image file. Write ${next}, or omit it to use the file's size.`,
    }),
  ];
}

/** Finds disks that share all the named arguments with an earlier one. */
function checkTwice(
  config: ValueObject,
  disks: number,
  names: readonly string[],
  what: (values: string[]) => string,
  way: string,
): Issue[] {
  const seen = new Map<string, number>();
  const issues: Issue[] = [];
  for (let index = 0; index < disks; index++) {
    const values = names.map((name) => valueAt(config, [BLOCK, index, name]));
    if (!values.every((value): value is string => typeof value === "string" && value !== "")) continue;
    const key = JSON.stringify(values);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    else {
      issues.push(
        issueAt([BLOCK, index, names[names.length - 1]], {
          summary: "Duplicate disk",
          detail: `Disks ${first + 1} and ${index + 1} of \`${BLOCK}\` both name ${what(values)}. Each disk needs its own. ${way}`,
        }),
      );
    }
  }
  return issues;
}
