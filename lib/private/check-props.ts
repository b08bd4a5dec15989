import type { IConstruct } from "constructs";
import { COMPLETION_TYPE, RESOURCE_SCHEMAS } from "../contract/resources";
import { checkCompletion } from "../contract/checks";
import type { Block } from "../contract/schema";
import { UNKNOWN, type Issue, type ValueObject } from "../contract/values";
import { ImageTaskValidationError } from "./errors";
import { shapeIssues, shapeOf, type PropShape } from "./prop-shape";
import { configOf, inProps, type Props } from "./props";

/** The props that cdktf defines for every resource. */
const META = ["provider", "dependsOn", "forEach", "count", "lifecycle", "provisioners", "connection"];
/** The props for waiting until an operation has ended. */
export const WAIT = { timeout: "string", onTimeout: "string", onInterrupt: "string", showProgress: "bool" } as const;

/**
 * Checks that cdktf can render all props.
 * @throws ImageTaskValidationError with all errors
 */
export function checkShape(construct: IConstruct, shape: PropShape, props: unknown): void {
  raise(construct, shapeIssues(shape, props));
}

/** The props of a construct that starts an operation. */
export function startShape(block: Block): PropShape {
  const shape = shapeOf(block, META);
  return { ...shape, values: { ...shape.values, ...WAIT } };
}

/**
 * Checks props by the same rules as the provider at plan time.
 * @throws ImageTaskValidationError with all errors
 */
export function checkProps(
  construct: IConstruct,
  block: Block,
  props: Props,
  check: (config: ValueObject) => readonly Issue[],
  others: readonly string[],
): void {
  checkShape(construct, shapeOf(block, others), props);
  raise(
    construct,
    check(configOf(block, props)).map((issue) => inProps(issue, block)),
  );
}

/** The props for waiting, with their values. */
export interface WaitProps {
  readonly timeout?: string;
  readonly onTimeout?: string;
  readonly onInterrupt?: string;
  readonly showProgress?: boolean;
}

/** The same for a construct that starts an operation and waits until it has ended. */
export function checkStartProps(
  construct: IConstruct,
  block: Block,
  props: WaitProps,
  check: (config: ValueObject) => readonly Issue[],
): void {
  checkShape(construct, startShape(block), props);
  const wait = { onTimeout: props.onTimeout, onInterrupt: props.onInterrupt, timeouts: { create: props.timeout } };
  const waitBlock: Block = RESOURCE_SCHEMAS[COMPLETION_TYPE].block;
  raise(construct, [
    ...check(configOf(block, { ...props })).map((issue) => inProps(issue, block)),
    // The construct itself sets what the completion waits for.
    ...checkCompletion({ ...configOf(waitBlock, wait), operation_id: UNKNOWN }).map((issue) =>
      inProps(issue, waitBlock, { "timeouts.create": "timeout" }),
    ),
  ]);
}

export function raise(construct: IConstruct, issues: readonly Issue[]): void {
  if (issues.length > 0) throw new ImageTaskValidationError(construct.node.path, issues);
}
