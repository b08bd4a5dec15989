/** Takes secrets out of texts that leave the gateway: ECS quotes what was signed, and proxies quote whole requests. */
export class Redactor {
  private readonly secrets = new Set<string>();

  /** Shorter values would blot out ordinary words; no AccessKey or token is that short. */
  add(secret: string | null | undefined): void {
    if (!secret || secret.length < 6) return;
    this.secrets.add(secret);
    this.secrets.add(encodeURIComponent(secret));
    this.secrets.add(encodeURIComponent(encodeURIComponent(secret)));
  }

  clean(text: string): string {
    let cleaned = text;
    for (const secret of this.secrets) cleaned = cleaned.split(secret).join("***");
    return cleaned;
  }
}
