import { isOwnTag, USER_TAGS } from "../provider";
import { UNKNOWN, type Issue, type Path, type ValueObject } from "../values";
import { issueAt, shown, valueAt, type Finding } from "./finding";
import { count } from "./text";

/** Tags of an image, or the provider's `default_tags`. */
export function checkTags(config: ValueObject, path: Path): Issue[] {
  const tags = valueAt(config, path);
  if (tags === null || tags === UNKNOWN || typeof tags !== "object" || Array.isArray(tags)) return [];
  const entries = Object.entries(tags);
  const issues: Issue[] = [];
  if (entries.length > USER_TAGS) {
    issues.push(
      issueAt(path, {
        summary: "Too many tags",
        detail: `\`${path.at(-1)}\` has ${entries.length} tags. An image can have ${USER_TAGS} tags besides this provider's own. Remove ${entries.length - USER_TAGS}.`,
      }),
    );
  }
  for (const [key, value] of entries) {
    const finding = keyFinding(key) ?? (typeof value === "string" ? valueFinding(key, value) : null);
    if (finding) issues.push(issueAt([...path, key], finding));
  }
  return issues;
}

/** Whether the tag is reserved for Alibaba Cloud's services. Users can neither set nor remove such tags, in upper or lower case. */
export function isSystemTag(key: string): boolean {
  return /^(aliyun|acs:)/i.test(key);
}

function keyFinding(key: string): Finding | null {
  if (isOwnTag(key)) {
    return {
      summary: "Reserved tag key",
      detail: `The tag key ${shown(key)} is reserved: this provider recognises the images that it created by tags that begin with "imagetask:". Remove the tag; \`start_key\` sets the value of imagetask:start_key.`,
    };
  }
  const length = [...key].length;
  const wrong =
    length < 1 || length > 128
      ? `it has ${count(length, "character")}`
      : isSystemTag(key)
        ? `it starts with "${/^acs:/i.test(key) ? "acs:" : "aliyun"}", which is reserved`
        : containsUrl(key)
          ? `it contains "http://" or "https://"`
          : null;
  if (wrong === null) return null;
  return {
    summary: "Invalid tag key",
    detail: `The tag key ${shown(key)} is invalid: ${wrong}. A key has 1 to 128 characters, does not start with "aliyun" or "acs:" and does not contain "http://" or "https://". Choose another key.`,
  };
}

function valueFinding(key: string, value: string): Finding | null {
  const length = [...value].length;
  const wrong =
    length > 128
      ? `it has ${count(length, "character")}`
      : value.startsWith("acs:")
        ? `it starts with "acs:"`
        : containsUrl(value)
          ? `it contains "http://" or "https://"`
          : null;
  if (wrong === null) return null;
  return {
    summary: "Invalid tag value",
    detail: `The value of tag ${shown(key)} is ${shown(value)}: ${wrong}. A value has at most 128 characters, does not start with "acs:" and does not contain "http://" or "https://". Choose another value.`,
  };
}

function containsUrl(text: string): boolean {
  return /https?:\/\//i.test(text);
}
