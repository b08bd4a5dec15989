import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { ImageTaskValidationError } from "./errors";

/** Where jsii writes on a class what it is called in all languages. */
const RTTI = Symbol.for("jsii.rtti");

/**
 * The scope, if its stack is one of the library that this package is for. cdktf and cdktn take each other's stacks for their own,
 * and fail in synth only, with a message that helps nobody.
 * @throws ImageTaskValidationError naming the package to install
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
      detail: `The stack is made by ${library}, and this package, ${own}-alicloud-image-tasks, works with ${own}. Install ${library}-alicloud-image-tasks and import from it instead.`,
    },
  ]);
}

/** The library whose `TerraformStack` the class is or extends. */
function libraryOf(type: object | null): string | undefined {
  if (type === null) return undefined;
  const { fqn = "" } = (type as { [RTTI]?: { readonly fqn?: string } })[RTTI] ?? {};
  const [library, name] = fqn.split(".");
  return name === "TerraformStack" ? library : libraryOf(Object.getPrototypeOf(type));
}
