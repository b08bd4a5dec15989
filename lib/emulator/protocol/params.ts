import { invalidParameter, missingParameter } from "./api-error";

/** An action's parameters, flat as received (`DiskDeviceMapping.1.OSSBucket`). Names are case-insensitive. */
export class Params {
  private readonly byName: ReadonlyMap<string, string>;

  constructor(
    readonly raw: { readonly [name: string]: string },
    private readonly prefix = "",
  ) {
    this.byName = new Map(Object.entries(raw).map(([name, value]) => [name.toLowerCase(), value]));
  }

  /** The value; undefined if it is missing or empty. */
  text(name: string): string | undefined {
    return this.byName.get(name.toLowerCase()) || undefined;
  }

  /** The value as received, which may be empty. */
  given(name: string): string | undefined {
    return this.byName.get(name.toLowerCase());
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw missingParameter(this.prefix + name);
    return value;
  }

  bool(name: string): boolean | undefined {
    const value = this.text(name)?.toLowerCase();
    if (value === undefined || value === "true" || value === "false") return value === undefined ? undefined : value === "true";
    throw invalidParameter(name, value, "true, false");
  }

  int(name: string, fallback: number, min: number, max: number): number {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const number = Number(value);
    if (!/^-?\d+$/.test(value) || number < min || number > max) throw invalidParameter(name, value, `${min} to ${max}`);
    return number;
  }

  /** The values of `Name.1`, `Name.2`, … in numeric order; a plain `Name` counts as one value. */
  list(name: string): string[] {
    const found = this.indexed(name)
      .filter(([, rest]) => rest === "")
      .map(([, , value]) => value);
    const plain = this.text(name);
    return found.length === 0 && plain !== undefined ? [plain] : found;
  }

  /** The parameters `Name.1.Sub`, `Name.2.Sub`, …, grouped by number, in numeric order. */
  structs(name: string): Params[] {
    const groups = new Map<number, { [name: string]: string }>();
    for (const [index, rest, value] of this.indexed(name)) {
      if (rest === "") continue;
      const group = groups.get(index) ?? {};
      group[rest] = value;
      groups.set(index, group);
    }
    return [...groups].sort(([a], [b]) => a - b).map(([index, group]) => new Params(group, `${this.prefix}${name}.${index}.`));
  }

  private indexed(name: string): [number, string, string][] {
    const start = `${name.toLowerCase()}.`;
    const out: [number, string, string][] = [];
    for (const [key, value] of Object.entries(this.raw)) {
      if (!key.toLowerCase().startsWith(start)) continue;
      const match = /^(\d+)(?:\.(.+))?$/.exec(key.slice(start.length));
      if (match) out.push([Number(match[1]), match[2] ?? "", value]);
    }
    return out.sort(([a], [b]) => a - b);
  }
}
