/** An action's parameters as the call log keeps them: as much as a person reads, and no secret. */
export function loggedParams(params: { readonly [name: string]: string }): { readonly [name: string]: string } {
  const kept: [string, string][] = [];
  let room = MAX_CALL;
  for (const [name, value] of Object.entries(params)) {
    // An identity provider's token opens sessions.
    const shown = name === "OIDCToken" ? "***" : shortened(value);
    room -= name.length + shown.length;
    if (room < 0) break;
    kept.push([name, shown]);
  }
  return Object.fromEntries(kept);
}

/** A text without what would fill the memory: the log holds many calls, and anyone may send them. */
export function shortened(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

/** Letters. A hundred task ids have 2,500. */
const MAX_TEXT = 4_000;
const MAX_CALL = 16_000;
