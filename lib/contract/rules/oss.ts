import { shown, type TextCheck } from "./finding";
import { count } from "./text";

/** A bucket's name, without scheme, region or endpoint. */
export const checkBucket: TextCheck = (value, argument) => {
  if (/^[a-z0-9]([a-z0-9-]{1,61})[a-z0-9]$/.test(value)) return null;
  const bucket = /^(?:oss|https?):\/\/([a-z0-9-]+)/.exec(value)?.[1] ?? /^([a-z0-9-]+)\.oss-/.exec(value)?.[1];
  return {
    summary: "Invalid bucket name",
    detail: `\`${argument}\` is ${shown(value)}. A bucket's name has 3 to 63 lower-case letters, digits and dashes, and no dash first or last.${bucket ? ` Write "${bucket}".` : " Write the bucket's name alone, as the OSS console shows it."}`,
  };
};

/** An object's key within its bucket. */
export const checkObject: TextCheck = (value, argument) => {
  const bytes = Buffer.byteLength(value);
  const key = value.replace(/^(?:oss:\/\/[^/]*)?[/\\]*/, "");
  const wrong =
    bytes < 1 || bytes > 1023
      ? `it has ${count(bytes, "byte")}`
      : /^oss:\/\//.test(value)
        ? "it names the bucket too"
        : /^[/\\]/.test(value)
          ? `it starts with ${shown(value[0])}`
          : value.endsWith("/")
            ? "it names a folder"
            : null;
  if (wrong === null) return null;
  return {
    summary: "Invalid object key",
    detail: `\`${argument}\` is ${shown(value)}: ${wrong}. An object's key has 1 to 1023 bytes of UTF-8 and no slash first, like "images/disk.qcow2".${key !== "" && key !== value && !key.endsWith("/") && bytes <= 1023 ? ` Write ${shown(key)}.` : " Write the key as the OSS console shows it."}`,
  };
};

/** What an exported object's key starts with. */
export const checkPrefix: TextCheck = (value, argument) => {
  if (/^[A-Za-z0-9]{1,30}$/.test(value)) return null;
  const mended = value.replace(/[^A-Za-z0-9]/g, "").slice(0, 30);
  return {
    summary: `Invalid ${argument}`,
    detail: `\`${argument}\` is ${shown(value)}. A prefix has 1 to 30 letters and digits, no folders and no other characters.${mended ? ` Write, for example, "${mended}".` : " Leave it out for none."}`,
  };
};
