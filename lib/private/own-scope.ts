import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { isRecord } from "../contract/values";
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
  const library = stack && libraryOf(stack.constructor);
  if (stack === undefined || library === own || library === undefined) return scope;
  throw new ImageTaskValidationError(stack.node.path, [
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
  const rtti: unknown = Reflect.get(type, RTTI);
  const [library, name] = isRecord(rtti) ? String(rtti["fqn"]).split(".") : [];
  return name === "TerraformStack" ? library : libraryOf(Object.getPrototypeOf(type));
}
