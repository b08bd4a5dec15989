/** Removes secrets from text that leaves the gateway: ECS quotes what was signed, and proxies quote whole requests. */
export class Redactor {
  private readonly secrets = new Set<string>();

  /** Ignores short values, which would hide ordinary words; no AccessKey or token is that short. */
  add(secret: string | null | undefined): void {
    if (!secret || secret.length < 6) return;
    for (const form of [secret, encode(secret), encode(encode(secret)), JSON.stringify(secret).slice(1, -1)]) this.secrets.add(form);
  }

  clean(text: string): string {
    // The longest first: a secret that contains another one must be replaced as a whole.
    const longestFirst = [...this.secrets].sort((a, b) => b.length - a.length);
    return longestFirst.reduce((cleaned, secret) => cleaned.split(secret).join("***"), text);
  }
}

/** Percent-encoding as in ECS's signatures. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
