interface Open {
  /** The line of each key so far; null in a list. */
  readonly keys: Map<string, number> | null;
  /** Whether the next string is a key. */
  atKey: boolean;
}

/** Sentences about the keys that an object has twice. JSON.parse keeps only the last one. */
export function duplicateKeys(json: string): string[] {
  const faults: string[] = [];
  const open: Open[] = [];
  let line = 1;
  for (const [token] of json.matchAll(TOKEN)) {
    const inside = open.at(-1);
    if (token === "\n") line++;
    else if (token === "{") open.push({ keys: new Map(), atKey: true });
    else if (token === "[") open.push({ keys: null, atKey: false });
    else if (token === "}" || token === "]") open.pop();
    else if (inside === undefined) continue;
    else if (token === ",") inside.atKey = inside.keys !== null;
    else if (inside.keys && inside.atKey) {
      inside.atKey = false;
      const key = String(JSON.parse(token));
      const first = inside.keys.get(key);
      if (first !== undefined) faults.push(`${JSON.stringify(key)} is given twice, ${linesOf(first, line)}. Remove one of the two.`);
      inside.keys.set(key, line);
    }
  }
  return faults;
}

/** Strings match as a whole, so that what is inside them is left alone. Numbers and words do not matter. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],\n]/g;

const linesOf = (first: number, second: number): string =>
  first === second ? `both times on line ${first}` : `on lines ${first} and ${second}`;
