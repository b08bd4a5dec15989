import type { IConstruct } from "constructs";
import { ImageTaskValidationError } from "./errors";

/** Where Terraform finds the provider: beside the stack, or in a registry or a mirror. */
export type Distribution = "bundled" | "registry";

const DISTRIBUTIONS: readonly Distribution[] = ["bundled", "registry"];

/** A provider of the stack, which may ask for a distribution. */
export interface Asking {
  readonly node: { readonly path: string };
  readonly props: { readonly distribution?: string };
}

/**
 * @throws ImageTaskValidationError when the value is no distribution. A token is none: synth has to know
 */
export function checkDistribution(construct: IConstruct, value: string | undefined): void {
  if (value === undefined || DISTRIBUTIONS.some((known) => known === value)) return;
  throw new ImageTaskValidationError(construct.node.path, [
    {
      path: ["distribution"],
      summary: "Unknown distribution",
      detail: `\`distribution\` is ${JSON.stringify(value)}. Allowed are ${DISTRIBUTIONS.map((known) => JSON.stringify(known)).join(" and ")}, written out.`,
    },
  ]);
}

/**
 * The distribution that a stack's providers ask for. Those that ask for none go along with the others.
 * @throws ImageTaskValidationError when two ask for different ones
 */
export function distributionOf(providers: readonly Asking[]): Distribution {
  const asking = providers.filter(({ props }) => props.distribution !== undefined);
  const [first] = asking;
  const other = asking.find(({ props }) => props.distribution !== first?.props.distribution);
  if (first && other) {
    throw new ImageTaskValidationError(other.node.path, [
      {
        path: ["distribution"],
        summary: "Two distributions in one stack",
        detail: `\`distribution\` is ${JSON.stringify(other.props.distribution)} here and ${JSON.stringify(first.props.distribution)} at ${first.node.path}, but Terraform takes the provider of a stack from one place. Set it on one ImageTaskProvider of the stack, or to the same value on all.`,
      },
    ]);
  }
  return (first?.props.distribution as Distribution | undefined) ?? "bundled";
}
