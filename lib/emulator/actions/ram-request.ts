import type { RamRequest } from "../identity/ram";
import type { Behaviour } from "../switches/behaviour";
import type { ActionEntry, Call } from "./action";

/** ECS's documentation does not say whether RAM sees the tags in calls of these actions. */
const STARTS: readonly string[] = ["ecs:ImportImage", "ecs:CopyImage"];

/** Returns the call as RAM sees it. */
export function ramRequest(
  { action, resources }: NonNullable<ActionEntry["permission"]>,
  call: Call,
  { ram }: Pick<Behaviour, "ram">,
): RamRequest {
  const shown = ram.startTags || !STARTS.includes(action);
  // Not checked yet: a caller without permission must not learn what is wrong with the call.
  const tags = call.params.structs("Tag").map((tag) => ({ key: tag.text("Key") ?? "", value: tag.text("Value") ?? "" }));
  return { action, resources: resources(call), tags: shown ? tags : [] };
}
