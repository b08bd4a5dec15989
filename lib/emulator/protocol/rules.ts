import { ApiError, invalidParameter } from "./api-error";
import type { Tag } from "../values/model";
import type { Params } from "./params";

/** Reads and checks an image name; undefined if the call has none. */
export function imageName(params: Params, parameter: string): string | undefined {
  const name = params.text(parameter);
  if (name === undefined) return undefined;
  const wellFormed =
    name.length >= 2 && name.length <= 128 && /^[\p{L}][\p{L}\p{N}.:_-]*$/u.test(name) && /^[A-Za-z\p{Script=Han}]/u.test(name);
  if (!wellFormed || /^(aliyun|acs:)/i.test(name) || /https?:\/\//i.test(name)) {
    throw new ApiError(400, "InvalidImageName.Malformed", "The specified Image name is wrongly formed.");
  }
  return name;
}

/** Reads and checks a description; undefined if the call has none. */
export function description(params: Params, parameter: string): string | undefined {
  const text = params.text(parameter);
  if (text === undefined) return undefined;
  if (text.length < 2 || text.length > 256 || /^https?:\/\//i.test(text)) {
    throw new ApiError(400, "InvalidDescription.Malformed", "The specified description is wrongly formed.");
  }
  return text;
}

/** Reads one of the allowed values, ignoring case, and returns it in the reference's spelling; undefined if the call has none. */
export function oneOf(
  params: Params,
  parameter: string,
  allowed: readonly string[],
  error: (value: string) => ApiError,
): string | undefined {
  const value = params.text(parameter);
  if (value === undefined) return undefined;
  const found = allowed.find((candidate) => candidate.toLowerCase() === value.toLowerCase());
  if (found === undefined) throw error(value);
  return found;
}

/** Reads and checks the tags of a call. */
export function tagsOf(params: Params, tooMany = "InvalidTagCount"): readonly Tag[] {
  const tags = params.structs("Tag").map((tag) => ({ key: tag.text("Key") ?? "", value: tag.text("Value") ?? "" }));
  if (tags.length > 20) throw new ApiError(400, tooMany, "The specified tags are more than 20.");
  for (const { key, value } of tags) {
    if (key.length < 1 || key.length > 128 || /^(aliyun|acs:|https?:\/\/)/i.test(key)) {
      throw new ApiError(400, "InvalidTagKey.Malformed", `The specified Tag.n.Key "${key}" is not valid.`);
    }
    if (value.length > 128 || /^https?:\/\//i.test(value))
      throw new ApiError(400, "InvalidTagValue.Malformed", `The specified Tag.n.Value "${value}" is not valid.`);
  }
  return tags;
}

/** Throws an ApiError if two tags have the same key. */
export function refuseDuplicateKeys(tags: readonly Tag[], status: number, code: string): void {
  if (new Set(tags.map((tag) => tag.key)).size < tags.length) throw new ApiError(status, code, "The tag contains duplicate keys.");
}

export interface Page {
  readonly number: number;
  readonly size: number;
}

export function page(params: Params): Page {
  return { number: params.int("PageNumber", 1, 1, Number.MAX_SAFE_INTEGER), size: params.int("PageSize", 10, 1, 100) };
}

/** A list in which removed items leave holes. */
export type Slots<T> = readonly (T | undefined)[];

/** A list to page through. `passing` is the number of items that pass the filter, if known without counting. */
export interface Listed<T> {
  readonly slots: Slots<T>;
  readonly passing?: number | undefined;
}

/** One page of the items that pass the filter, and the total number of items that pass. */
export function paged<T>(
  lists: readonly Listed<T>[],
  passes: (item: T) => boolean,
  at: Page,
  lastFirst: boolean,
): { items: T[]; total: number } {
  const first = (at.number - 1) * at.size;
  const items: T[] = [];
  let total = 0;
  // Plain loops for speed: unless `passing` is known, every call visits every item.
  for (const { slots, passing } of lists) {
    const { length } = slots;
    const after = passing === undefined ? undefined : total + passing;
    for (let index = 0; index < length; index++) {
      if (after !== undefined && (items.length === at.size || after <= first)) break;
      const item = slots[lastFirst ? length - 1 - index : index];
      if (item === undefined || !passes(item)) continue;
      if (total >= first && items.length < at.size) items.push(item);
      total++;
    }
    total = after ?? total;
  }
  return { items, total };
}

/** Returns the values, or throws an ApiError if there are more than 100. */
export function atMost100(values: readonly string[], parameter: string): readonly string[] {
  if (values.length > 100) throw invalidParameter(parameter, `${values.length} values`, "up to 100 values");
  return values;
}
