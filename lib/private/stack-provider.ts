import type { IConstruct } from "constructs";
import { ImageTaskValidationError } from "./errors";

const DEFAULT = Symbol.for("cdktf-alicloud-image-tasks.defaultProvider");

interface DefaultProvider {
  readonly provider: IConstruct;
  /** Made on first use by a construct, and given up for one made by hand. */
  readonly automatic: boolean;
}

type Stack = IConstruct & { [DEFAULT]?: DefaultProvider };

/** The stack's provider without an alias, if it has one. */
export function defaultProviderOf(stack: Stack): IConstruct | undefined {
  return stack[DEFAULT]?.provider;
}

/**
 * Makes the provider the stack's default one.
 * @throws ImageTaskValidationError when the stack has one made by hand already
 */
export function setDefaultProvider(stack: Stack, provider: IConstruct, automatic: boolean): void {
  const present = stack[DEFAULT];
  if (present && !present.automatic) {
    throw new ImageTaskValidationError(provider.node.path, [
      {
        path: ["alias"],
        summary: "Second default provider",
        detail: `The stack has the default ImageTaskProvider ${present.provider.node.path} already. Give this one an \`alias\` and hand it to the constructs that are to use it as their \`provider\`, or remove one of the two.`,
      },
    ]);
  }
  if (present) stack.node.tryRemoveChild(present.provider.node.id);
  Object.defineProperty(stack, DEFAULT, { value: { provider, automatic }, configurable: true });
}
