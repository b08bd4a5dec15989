import { isRecord } from "../../contract/values";

type Source = { readonly [name: string]: unknown };

/** A text from another provider's state: the first of these attributes that is not empty. */
export const movedText = (source: Source, ...names: readonly string[]): string | null =>
  names.map((name) => source[name]).find((value): value is string => typeof value === "string" && value !== "") ?? null;

/** The blocks of a list in another provider's state. */
export const movedBlocks = (source: Source, name: string): Source[] => {
  const blocks = source[name];
  return Array.isArray(blocks) ? blocks.filter(isRecord) : [];
};

/** The tags in another provider's state; null if there are none. */
export const movedTags = ({ tags }: Source): { readonly [key: string]: string } | null => {
  const texts = Object.entries(isRecord(tags) ? tags : {}).filter((tag): tag is [string, string] => typeof tag[1] === "string");
  return texts.length > 0 ? Object.fromEntries(texts) : null;
};
