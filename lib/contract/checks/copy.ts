import { COPY_ARGUMENTS } from "../arguments";
import type { Issue, ValueObject } from "../values";
import { checkArguments } from "./arguments";
import { checkText, issueAt, shown, valueAt } from "../rules/finding";
import { checkId } from "../rules/text";

/** The arguments of an `imagetask_copy`. */
export function checkCopy(config: ValueObject): Issue[] {
  return [...checkArguments(COPY_ARGUMENTS, config), ...checkRegionsDiffer(config), ...checkKey(config)];
}

function checkRegionsDiffer(config: ValueObject): Issue[] {
  const region = valueAt(config, ["region"]);
  const source = valueAt(config, ["source_region"]);
  // Within a region, ECS copies only to change the encryption, so a copy with `encrypted` set is intended.
  if (typeof region !== "string" || region !== source || valueAt(config, ["encrypted"]) !== null) return [];
  return [
    issueAt(["region"], {
      summary: "Copy to the image's own region",
      detail: `\`region\` and \`source_region\` are both ${shown(region)}. A copy within a region only makes sense to change the encryption. Set \`region\` to another region, or set \`encrypted\`.`,
    }),
  ];
}

function checkKey(config: ValueObject): Issue[] {
  const key = valueAt(config, ["kms_key_id"]);
  if (typeof key !== "string") return [];
  const encrypted = valueAt(config, ["encrypted"]);
  if (encrypted === null || encrypted === false) {
    return [
      issueAt(["kms_key_id"], {
        summary: "KMS key without encryption",
        detail: `\`kms_key_id\` is ${shown(key)} and \`encrypted\` is ${encrypted === null ? "not set" : "false"}. Only an encrypted copy uses a key. Set \`encrypted\` to true, or remove the key.`,
      }),
    ];
  }
  return checkText(config, ["kms_key_id"], checkId);
}
