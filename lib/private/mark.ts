/**
 * Marks constructs so that they are recognised across copies of this package and of cdktf, which `instanceof` cannot do.
 */
export function mark(construct: object, kind: string): void {
  Object.defineProperty(construct, symbolOf(kind), { value: true });
}

/** Whether the value is a construct of that kind, from any copy of this package. */
export function isMarked(value: unknown, kind: string): boolean {
  return typeof value === "object" && value !== null && symbolOf(kind) in value;
}

function symbolOf(kind: string): symbol {
  return Symbol.for(`cdktf-alicloud-image-tasks.${kind}`);
}
