/**
 * Marks constructs, so that they are recognised across copies of this package and of cdktf, which `instanceof` is not
 * able to do.
 */
export function mark(construct: object, kind: string): void {
  Object.defineProperty(construct, symbolOf(kind), { value: true });
}

/** Whether some copy of this package made the value as that kind of construct. */
export function isMarked(value: unknown, kind: string): boolean {
  return typeof value === "object" && value !== null && symbolOf(kind) in value;
}

function symbolOf(kind: string): symbol {
  return Symbol.for(`cdktf-alicloud-image-tasks.${kind}`);
}
