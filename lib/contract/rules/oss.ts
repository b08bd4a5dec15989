import { shown, type TextCheck } from "./finding";
import { count } from "./text";

/** A bucket's name, without scheme, region or endpoint. */
export const checkBucket: TextCheck = (value, argument) => {
  if (/^[a-z0-9]([a-z0-9-]{1,61})[a-z0-9]$/.test(value)) return null;
  const bucket = /^(?:oss|https?):\/\/([a-z0-9-]+)/.exec(value)?.[1] ?? /^([a-z0-9-]+)\.oss-/.exec(value)?.[1];
  return {
    summary: "Invalid bucket name",
    detail: `\`${argument}\` is ${shown(value)}. A bucket's name has 3 to 63 lower-case letters, digits and dashes, and neither starts nor ends with a dash.${bucket ? ` Write "${bucket}".` : " Write only the bucket's name, as the OSS console shows it."}`,
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
        ? "it includes the bucket"
        : /^[/\\]/.test(value)
          ? `it starts with ${shown(value[0])}`
          : value.endsWith("/")
            ? "it is a folder"
            : null;
  if (wrong === null) return null;
  return {
    summary: "Invalid object key",
    detail: `\`${argument}\` is ${shown(value)}: ${wrong}. An object's key has 1 to 1023 bytes of UTF-8 and does not start with a slash, such as "images/disk.qcow2".${key !== "" && key !== value && !key.endsWith("/") && bytes <= 1023 ? ` Write ${shown(key)}.` : " Write the key as the OSS console shows it."}`,
  };
};

/** The beginning of an exported object's key. */
export const checkPrefix: TextCheck = (value, argument) => {
  if (/^[A-Za-z0-9]{1,30}$/.test(value)) return null;
  const mended = value.replace(/[^A-Za-z0-9]/g, "").slice(0, 30);
  return {
    summary: `Invalid ${argument}`,
    detail: `\`${argument}\` is ${shown(value)}. A prefix has 1 to 30 letters and digits, without folders or other characters.${mended ? ` Write, for example, "${mended}".` : " Omit it to use none."}`,
  };
};
