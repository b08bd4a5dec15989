import type { IConstruct } from "constructs";
import { ImageTaskValidationError } from "./errors";

const DEFAULT = Symbol.for("cdktf-alicloud-image-tasks.defaultProvider");

interface DefaultProvider {
  readonly provider: IConstruct;
  /** True if another construct created it on first use. A provider that the user creates replaces it. */
  readonly automatic: boolean;
}

type Stack = IConstruct & { [DEFAULT]?: DefaultProvider };

/** The stack's default provider, the one without an alias, if it has one. */
export function defaultProviderOf(stack: Stack): IConstruct | undefined {
  return stack[DEFAULT]?.provider;
}

/**
 * Makes the provider the stack's default.
 * @throws ImageTaskValidationError if the user has already created one
 */
export function setDefaultProvider(stack: Stack, provider: IConstruct, automatic: boolean): void {
  const present = stack[DEFAULT];
  if (present && !present.automatic) {
    throw new ImageTaskValidationError(provider.node.path, [
      {
        path: ["alias"],
        summary: "Second default provider",
        detail: `The stack already has the default ImageTaskProvider ${present.provider.node.path}. Give this one an \`alias\` and pass it as \`provider\` to the constructs that should use it, or remove one of the two.`,
      },
    ]);
  }
  if (present) stack.node.tryRemoveChild(present.provider.node.id);
  Object.defineProperty(stack, DEFAULT, { value: { provider, automatic }, configurable: true });
}
