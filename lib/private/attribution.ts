import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { WaitProps } from "./check-props";
import { startKeyOf } from "./start-key";

/** A completion's default timeout. */
const DEFAULT_TIMEOUT = "2h";

/** The arguments that tell an operator who owns an operation: its stack, and when it is overdue. */
export function attributionOf(construct: Construct, { timeout, onTimeout }: WaitProps) {
  // An operation that may keep running after its timeout has no deadline.
  const isBounded = onTimeout?.toLowerCase() !== "detach";
  return {
    stack: startKeyOf(TerraformStack.of(construct).node.id),
    expiresAfter: isBounded ? (timeout ?? DEFAULT_TIMEOUT) : undefined,
  };
}
