import type { IConstruct } from "constructs";
import { COMPLETION_TYPE, RESOURCE_SCHEMAS } from "../contract/resources";
import { checkCompletion } from "../contract/rules";
import type { Block } from "../contract/schema";
import { UNKNOWN, type Issue, type ValueObject } from "../contract/values";
import { ImageTaskValidationError } from "./errors";
import { configOf, inProps, type Props } from "./props";

/**
 * Checks props by the rules that plan time uses too.
 * @throws ImageTaskValidationError naming every fault
 */
export function checkProps(construct: IConstruct, block: Block, props: Props, check: (config: ValueObject) => readonly Issue[]): void {
  raise(
    construct,
    check(configOf(block, props)).map((issue) => inProps(issue, block)),
  );
}

/** How an operation is waited for, as props of the constructs. */
export interface WaitProps {
  readonly timeout?: string;
  readonly onTimeout?: string;
  readonly onInterrupt?: string;
}

/** The same for a construct that starts an operation and waits for its end. */
export function checkStartProps(
  construct: IConstruct,
  block: Block,
  props: WaitProps,
  check: (config: ValueObject) => readonly Issue[],
): void {
  const wait = { onTimeout: props.onTimeout, onInterrupt: props.onInterrupt, timeouts: { create: props.timeout } };
  const waitBlock: Block = RESOURCE_SCHEMAS[COMPLETION_TYPE].block;
  raise(construct, [
    ...check(configOf(block, props as Props)).map((issue) => inProps(issue, block)),
    // What it waits for is the construct's own affair.
    ...checkCompletion({ ...configOf(waitBlock, wait), operation_id: UNKNOWN }).map((issue) =>
      inProps(issue, waitBlock, { "timeouts.create": "timeout" }),
    ),
  ]);
}

function raise(construct: IConstruct, issues: readonly Issue[]): void {
  if (issues.length > 0) throw new ImageTaskValidationError(construct.node.path, issues);
}
