/** A text from another provider's state: the first of these attributes that is not empty. */
export const movedText = (source: { readonly [name: string]: unknown }, ...names: readonly string[]): string | null => {
  const found = names.map((name) => source[name]).find((value) => typeof value === "string" && value !== "");
  return (found as string | undefined) ?? null;
};

/** The tags in another provider's state; null if there are none. */
export const movedTags = (source: { readonly [name: string]: unknown }): { readonly [key: string]: string } | null => {
  const tags = source["tags"];
  return tags && typeof tags === "object" && Object.keys(tags).length > 0 ? (tags as { readonly [key: string]: string }) : null;
};
