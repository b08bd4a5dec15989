import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { ImageTaskValidationError } from "./errors";

/** The symbol under which jsii stores the name of a class. */
const RTTI = Symbol.for("jsii.rtti");

/**
 * Returns the scope if its stack comes from the library that this package is for. cdktf and cdktn accept each other's stacks, and
 * then fail only during synth with an unhelpful message.
 * @throws ImageTaskValidationError that names the package to install
 */
export function ownScope<Scope extends IConstruct>(scope: Scope): Scope {
  const stack = scope.node.scopes.reverse().find((candidate) => TerraformStack.isStack(candidate));
  const own = libraryOf(TerraformStack);
  const library = stack === undefined ? own : libraryOf(stack.constructor);
  if (library === own || library === undefined) return scope;
  throw new ImageTaskValidationError(stack!.node.path, [
    {
      path: [],
      summary: "Stack of another library",
      detail: `The stack is a ${library} stack, but this package, ${own}-alicloud-image-tasks, works with ${own}. Install ${library}-alicloud-image-tasks and import from it instead.`,
    },
  ]);
}

/** The library of the `TerraformStack` that the class is or extends. */
function libraryOf(type: object | null): string | undefined {
  if (type === null) return undefined;
  const { fqn = "" } = (type as { [RTTI]?: { readonly fqn?: string } })[RTTI] ?? {};
  const [library, name] = fqn.split(".");
  return name === "TerraformStack" ? library : libraryOf(Object.getPrototypeOf(type));
}
