import type { RamRequest } from "../identity/ram";
import type { Behaviour } from "../switches/behaviour";
import type { ActionEntry, Call } from "./action";

/** The actions of whose tags ECS's documentation does not say whether RAM gets to see them. */
const STARTS: readonly string[] = ["ecs:ImportImage", "ecs:CopyImage"];

/** The call as RAM sees it. */
export function ramRequest(
  { action, resources }: NonNullable<ActionEntry["permission"]>,
  call: Call,
  { ram }: Pick<Behaviour, "ram">,
): RamRequest {
  const shown = ram.startTags || !STARTS.includes(action);
  // Not checked yet: who may not call learns nothing of what is wrong with the call.
  const tags = call.params.structs("Tag").map((tag) => ({ key: tag.text("Key") ?? "", value: tag.text("Value") ?? "" }));
  return { action, resources: resources(call), tags: shown ? tags : [] };
}
