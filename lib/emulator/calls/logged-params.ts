/** An action's parameters as the call log keeps them: shortened, and without secrets. */
export function loggedParams(params: { readonly [name: string]: string }): { readonly [name: string]: string } {
  const kept: [string, string][] = [];
  let room = MAX_CALL;
  for (const [name, value] of Object.entries(params)) {
    // Anyone who has the identity provider's token can open sessions with it.
    const shown = name === "OIDCToken" ? "***" : shortened(value);
    room -= name.length + shown.length;
    if (room < 0) break;
    kept.push([name, shown]);
  }
  return Object.fromEntries(kept);
}

/** Shortens a long text. The log keeps many calls, and a client must not be able to fill the memory with them. */
export function shortened(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

/** The limit of one text, in characters. A hundred task ids take 2,500. */
const MAX_TEXT = 4_000;
/** The limit of all parameters of a call, in characters. */
const MAX_CALL = 16_000;
