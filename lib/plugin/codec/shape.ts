import type { AttributeType, Block } from "../../contract/schema";

/** The structure of a value: a schema without its descriptions, ready for the codecs. */
export type Shape =
  | { readonly kind: "string" | "number" | "bool" }
  | { readonly kind: "map"; readonly element: Shape }
  /** `neverNull`: a list of nested blocks, which is empty if there are none. */
  | { readonly kind: "list"; readonly element: Shape; readonly neverNull: boolean }
  | { readonly kind: "object"; readonly attributes: ReadonlyMap<string, Shape> };

/** The shape of a block's values. */
export function shapeOfBlock(block: Block): Shape {
  const attributes = new Map<string, Shape>();
  for (const [name, attribute] of Object.entries(block.attributes)) attributes.set(name, shapeOfType(attribute.type));
  for (const [name, nested] of Object.entries(block.blocks ?? {})) {
    const object = shapeOfBlock(nested.block);
    attributes.set(name, nested.nesting === "single" ? object : { kind: "list", element: object, neverNull: true });
  }
  return { kind: "object", attributes };
}

/** The shape of a type's values. */
export function shapeOfType(type: AttributeType): Shape {
  if (typeof type === "string") return { kind: type };
  switch (type[0]) {
    case "list":
      return { kind: "list", element: shapeOfType(type[1]), neverNull: false };
    case "map":
      return { kind: "map", element: shapeOfType(type[1]) };
    case "object":
      return { kind: "object", attributes: new Map(Object.entries(type[1]).map(([name, inner]) => [name, shapeOfType(inner)])) };
  }
}
