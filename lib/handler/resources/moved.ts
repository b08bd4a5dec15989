/** A text of another provider's state: the first of these attributes that has one. */
export const movedText = (source: { readonly [name: string]: unknown }, ...names: readonly string[]): string | null => {
  const found = names.map((name) => source[name]).find((value) => typeof value === "string" && value !== "");
  return (found as string | undefined) ?? null;
};

/** The tags of another provider's state. */
export const movedTags = (source: { readonly [name: string]: unknown }): { readonly [key: string]: string } | null => {
  const tags = source["tags"];
  return tags && typeof tags === "object" && Object.keys(tags).length > 0 ? (tags as { readonly [key: string]: string }) : null;
};
