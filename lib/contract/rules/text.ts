import { shown, type Finding, type TextCheck } from "./finding";

const URL_START = /^https?:\/\//i;

/** An image's name, as ImportImage and CopyImage accept it. */
export const checkImageName: TextCheck = (value, argument) => {
  const wrong = imageNameFault(value);
  if (wrong === null) return null;
  return {
    summary: `Invalid ${argument}`,
    detail: `\`${argument}\` is ${shown(value)}: ${wrong}. A name has 2 to 128 characters: first a letter or Chinese character, then letters, digits, ".", ":", "_" or "-". It must not start with "aliyun" or "acs:".${suggestName(value)}`,
  };
};

function imageNameFault(value: string): string | null {
  const length = [...value].length;
  if (length < 2 || length > 128) return `it has ${count(length, "character")}`;
  if (!/^\p{L}/u.test(value)) return "it does not start with a letter or Chinese character";
  if (/^(aliyun|acs:)/.test(value)) return `it starts with "${value.startsWith("acs:") ? "acs:" : "aliyun"}", which is reserved`;
  const stray = /[^\p{L}\p{M}\p{N}.:_-]/u.exec(value)?.[0];
  return stray === undefined ? null : `${shown(stray)} is not allowed in it`;
}

function suggestName(value: string): string {
  const mended = [
    ...value
      .replace(/[^\p{L}\p{M}\p{N}.:_-]+/gu, "-")
      .replace(/^[^\p{L}]+/u, "")
      .replace(/-+$/, ""),
  ]
    .slice(0, 128)
    .join("");
  return mended !== value && imageNameFault(mended) === null ? ` Write, for example, ${shown(mended)}.` : "";
}

/** A description, as ImportImage and CopyImage accept it. */
export const checkDescription: TextCheck = (value, argument) => {
  const length = [...value].length;
  const wrong = length < 2 || length > 256 ? `it has ${count(length, "character")}` : URL_START.test(value) ? "it starts like a URL" : null;
  if (wrong === null) return null;
  return {
    summary: `Invalid ${argument}`,
    detail: `\`${argument}\` is ${shown(value)}: ${wrong}. A description has 2 to 256 characters and does not start with "http://" or "https://".${length === 0 ? " Omit it to have no description." : URL_START.test(value) ? " Put a word before the URL." : " Change its length."}`,
  };
};

/** The key that names a start, unique in the account. */
export const checkStartKey: TextCheck = (value, argument) =>
  checkTagValue(value, argument, "Shorten or change it, or omit it to have it derived.");

/** The stack that an operation belongs to. */
export const checkStack: TextCheck = (value, argument) => checkTagValue(value, argument, "Shorten or change it.");

/** A value that becomes a tag's value. */
function checkTagValue(value: string, argument: string, advice: string): Finding | null {
  const length = [...value].length;
  const wrong =
    length < 1 || length > 128
      ? `it has ${count(length, "character")}`
      : /[^\x20-\x7e]/.test(value)
        ? "it contains a character that is not printable ASCII"
        : /https?:\/\//i.test(value) || value.startsWith("acs:")
          ? `it becomes a tag's value, which must not start with "acs:" or contain "http://" or "https://"`
          : null;
  if (wrong === null) return null;
  return {
    summary: `Invalid ${argument}`,
    detail: `\`${argument}\` is ${shown(value)}: ${wrong}. Allowed: 1 to 128 printable ASCII characters. ${advice}`,
  };
}

/** An opaque id: not empty, and without blanks. */
export const checkId: TextCheck = (value, argument) => {
  if (value !== "" && !/\s/.test(value)) return null;
  return {
    summary: `Invalid ${argument}`,
    detail: `\`${argument}\` is ${shown(value)}: ${value === "" ? "it is empty" : "it contains a blank"}. ${idSource(argument)}`,
  };
};

function idSource(argument: string): string {
  if (argument === "operation_id") return "Give the `id` of an imagetask_import, imagetask_export or imagetask_copy.";
  if (argument === "image_id") return `Give an image's id, such as "m-bp1g7004ksh0oeuc****", or a reference to one.`;
  return "Give the id as the console shows it, or omit the argument.";
}

/** A number with its noun: `1 character`, `3 characters`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
