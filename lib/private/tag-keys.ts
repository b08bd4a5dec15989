interface Synthesised {
  readonly provider: { readonly [type: string]: readonly { default_tags?: unknown }[] };
}

/**
 * Restores the keys of a provider's tags: cdktf writes all keys within a provider block in snake case, so that `cost-centre` becomes
 * `cost_centre`, and two keys may become one.
 *
 * @param json the provider's JSON, which is changed
 * @param tags the tags as the user wrote them
 * @param overrides the tags that `addOverride` sets
 */
export function keepTagKeys(json: Synthesised, type: string, tags: unknown, overrides: unknown): void {
  const [block] = json.provider[type] ?? [];
  if (!isMap(tags) || block === undefined) return;
  block.default_tags = isMap(overrides) ? { ...tags, ...overrides } : (overrides ?? tags);
}

/** Whether the value is a map, and not a token. */
const isMap = (value: unknown): value is object => typeof value === "object" && value !== null && value.constructor === Object;
