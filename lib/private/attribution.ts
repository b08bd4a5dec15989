import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { WaitProps } from "./check-props";
import { startKeyOf } from "./start-key";

/** How long a completion waits unless it is told otherwise. */
const USUAL_TIMEOUT = "2h";

/** What a start is told of whose it is, so that an operator finds it: its stack, and the time after which nobody waits for it. */
export function attributionOf(construct: Construct, { timeout, onTimeout }: WaitProps) {
  // What is to run on after its timeout has no deadline.
  const isBounded = onTimeout?.toLowerCase() !== "detach";
  return {
    stack: startKeyOf(TerraformStack.of(construct).node.id),
    expiresAfter: isBounded ? (timeout ?? USUAL_TIMEOUT) : undefined,
  };
}
