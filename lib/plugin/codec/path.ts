import type { Path } from "../../contract/values";
import type { AttributePath, AttributePath_Step } from "../gen/tfplugin6";
import type { Shape } from "./shape";

/** Encodes the path that Terraform's caret points at: attribute names, list indexes, and map keys where the shape has a map. */
export function encodePath(path: Path, shape: Shape): AttributePath {
  const steps: AttributePath_Step[] = [];
  let at: Shape | undefined = shape;
  for (const step of path) {
    steps.push({ selector: selectorOf(step, at) });
    at = at && inside(at, step);
  }
  return { steps };
}

function selectorOf(step: string | number, at: Shape | undefined): AttributePath_Step["selector"] {
  if (typeof step === "number") return { $case: "elementKeyInt", elementKeyInt: step };
  if (at?.kind === "map") return { $case: "elementKeyString", elementKeyString: step };
  return { $case: "attributeName", attributeName: step };
}

function inside(shape: Shape, step: string | number): Shape | undefined {
  if (shape.kind === "object") return shape.attributes.get(String(step));
  return shape.kind === "list" || shape.kind === "map" ? shape.element : undefined;
}
