/** The exact version that a constraint requires (`1.2.3`, `= 1.2.3`); null if it allows several. */
export function exactVersion(constraint: string): string | null {
  return /^\s*=?\s*(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)\s*$/.exec(constraint)?.[1] ?? null;
}

/** Whether the version meets the constraint; also true for a constraint that is not understood. */
export function satisfies(version: string, constraint: string): boolean {
  const given = parse(version);
  return !given || constraint.split(",").every((part) => satisfiesOne(given, part.trim()));
}

interface Version {
  readonly numbers: readonly number[];
  readonly preRelease: string;
  /** The number of parts that were written: `~> 1.2` and `~> 1.2.0` differ. */
  readonly written: number;
}

function parse(text: string): Version | null {
  const match = /^v?(\d+(?:\.\d+){0,2})(?:-([0-9A-Za-z.-]+))?(?:\+.*)?$/.exec(text);
  if (!match) return null;
  const numbers = match[1].split(".").map(Number);
  return { numbers: [...numbers, 0, 0].slice(0, 3), preRelease: match[2] ?? "", written: numbers.length };
}

function satisfiesOne(version: Version, constraint: string): boolean {
  const [, operator, text] = /^(~>|>=|<=|!=|=|>|<)?\s*(.*)$/.exec(constraint) ?? [];
  const wanted = parse(text);
  if (!wanted) return true;
  const order = compare(version, wanted);
  switch (operator) {
    case ">=":
      return order >= 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case "<":
      return order < 0;
    case "!=":
      return order !== 0;
    case "~>":
      return (
        order >= 0 && version.numbers.slice(0, Math.max(1, wanted.written - 1)).every((number, index) => number === wanted.numbers[index])
      );
    default:
      return order === 0;
  }
}

function compare(a: Version, b: Version): number {
  for (let index = 0; index < 3; index++) if (a.numbers[index] !== b.numbers[index]) return a.numbers[index] - b.numbers[index];
  if (a.preRelease === b.preRelease) return 0;
  if (a.preRelease === "") return 1;
  if (b.preRelease === "") return -1;
  return a.preRelease < b.preRelease ? -1 : 1;
}
