import type { TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";
import { Completion } from "../imports/imagetask/completion";
import type { WaitProps } from "./check-props";

/** The resource that waits for an operation's end, on behalf of the construct that starts it. */
export function waitFor(
  construct: Construct,
  operationId: string,
  props: WaitProps & Pick<TerraformMetaArguments, "provider">,
): Completion {
  return new Completion(construct, "Completion", {
    operationId,
    onTimeout: props.onTimeout,
    onInterrupt: props.onInterrupt,
    timeouts: props.timeout === undefined ? undefined : { create: props.timeout },
    provider: props.provider,
  });
}
