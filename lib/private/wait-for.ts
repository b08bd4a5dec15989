import type { TerraformMetaArguments, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { Completion } from "../imports/imagetask/completion";
import type { WaitProps } from "./check-props";
import { ProgressWatch } from "./progress-watch";
import { followInstances, operationIdFor } from "./each-instance";

/** Creates the resource that waits for an operation to end, for the construct that starts it. */
export function waitFor(
  construct: Construct,
  operation: TerraformResource & { readonly id: string },
  props: WaitProps & Pick<TerraformMetaArguments, "provider">,
): Completion {
  const completion = new Completion(construct, "Completion", {
    operationId: operationIdFor(operation),
    onTimeout: props.onTimeout,
    onInterrupt: props.onInterrupt,
    timeouts: props.timeout === undefined ? undefined : { create: props.timeout },
    provider: props.provider,
  });
  followInstances(completion, operation);
  if (props.showProgress) new ProgressWatch(construct, "Progress", operation);
  return completion;
}
