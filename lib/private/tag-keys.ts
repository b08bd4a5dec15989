interface Synthesised {
  readonly provider: { readonly [type: string]: readonly { default_tags?: unknown }[] };
}

/**
 * Puts the keys of a provider's tags back as the user wrote them: cdktf writes all keys within a provider block in snake case, so that
 * `cost-centre` became `cost_centre`, and two keys may have become one.
 *
 * @param json of the provider, which is changed
 * @param tags as cdktf had them before
 * @param overrides of `addOverride`
 */
export function keepTagKeys(json: unknown, type: string, tags: unknown, overrides: unknown): void {
  const [block] = (json as Synthesised).provider[type]!;
  if (!isMap(tags) || block === undefined) return;
  block.default_tags = isMap(overrides) ? { ...tags, ...overrides } : (overrides ?? tags);
}

/** And not a token. */
const isMap = (value: unknown): value is object => typeof value === "object" && value !== null && value.constructor === Object;
