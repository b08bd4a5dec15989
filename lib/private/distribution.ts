import type { IConstruct } from "constructs";
import { ImageTaskValidationError } from "./errors";

/** Where Terraform finds the provider: beside the stack, or in a registry or a mirror. */
export type Distribution = "bundled" | "registry";

const DISTRIBUTIONS: readonly Distribution[] = ["bundled", "registry"];

/** A provider of the stack, which may set a distribution. */
export interface Distributed {
  readonly node: { readonly path: string };
  readonly props: { readonly distribution?: Distribution };
}

/**
 * @throws ImageTaskValidationError if the value is not a distribution. A token is not one, because synth needs to know it
 */
export function checkDistribution(construct: IConstruct, value: string | undefined): void {
  if (value === undefined || DISTRIBUTIONS.some((known) => known === value)) return;
  throw new ImageTaskValidationError(construct.node.path, [
    {
      path: ["distribution"],
      summary: "Unknown distribution",
      detail: `\`distribution\` is ${JSON.stringify(value)}. Allowed: ${DISTRIBUTIONS.map((known) => JSON.stringify(known)).join(" or ")}, as a literal.`,
    },
  ]);
}

/**
 * The distribution that a stack's providers set. Providers that set none follow the others.
 * @throws ImageTaskValidationError if two set different ones
 */
export function distributionOf(providers: readonly Distributed[]): Distribution {
  const setting = providers.filter(({ props }) => props.distribution !== undefined);
  const [first] = setting;
  const other = setting.find(({ props }) => props.distribution !== first?.props.distribution);
  if (first && other) {
    throw new ImageTaskValidationError(other.node.path, [
      {
        path: ["distribution"],
        summary: "Two distributions in one stack",
        detail: `\`distribution\` is ${JSON.stringify(other.props.distribution)} here and ${JSON.stringify(first.props.distribution)} at ${first.node.path}, but Terraform gets the provider of a stack from one place. Set it on one ImageTaskProvider of the stack, or to the same value on all.`,
      },
    ]);
  }
  return first?.props.distribution ?? "bundled";
}
