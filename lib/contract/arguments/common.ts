import { checkDuration } from "../rules/duration";
import { textCheck, textCheckFromPlan } from "../rules/finding";
import { checkRegion } from "../rules/region";
import { USER_TAGS } from "../provider";
import { checkTags } from "../rules/tags";
import { checkDescription, checkId, checkImageName, checkStack, checkStartKey } from "../rules/text";
import type { Argument, ArgumentBlock } from "./argument";

/** Arguments that several types share. */

export const REGION: Argument = {
  type: "string",
  description: "The region.",
  default: "- the provider's",
  computed: true,
  check: textCheckFromPlan(checkRegion),
  // Where it is not known yet, it is no other region: `start-plan.ts` decides.
  change: "in place",
  codes: ["InvalidRegionId", "InvalidRegion.", "ENOTFOUND", "EAI_AGAIN"],
};

export const START_KEY: Argument = {
  type: "string",
  description:
    "Names this start among all of the account's: the base of the ClientToken and a tag of the image, by which a run that follows a crash finds the operation again. 1 to 128 printable ASCII characters. Give it where two stacks hold the same arguments.",
  default: "- derived from the arguments",
  computed: true,
  check: textCheck(checkStartKey),
  change: "in place",
};

export const STACK: Argument = {
  type: "string",
  description:
    "The stack that the operation belongs to, as `imagetask list` and `imagetask cancel --stack` know it: 1 to 128 printable ASCII characters. It becomes the tag `imagetask:stack` of the image; of an export, a tag of the exported image while it runs.",
  default: "- the first element of a `start_key` that is a path",
  check: textCheck(checkStack),
  change: "in place",
};

export const EXPIRES_AFTER: Argument = {
  type: "string",
  description:
    "How long after its start nobody waits for the operation any more, e.g. `2h`: give the completion's `timeouts.create`. From then on `imagetask list` marks it as overdue, and `imagetask reap` may end it. It becomes the tag `imagetask:expires`.",
  default: "- none",
  check: textCheck(checkDuration),
  change: "in place",
};

export const TRIGGERS: Argument = {
  type: ["map", "string"],
  description:
    "Any values whose change replaces the resource, such as the etag of the object in OSS: ECS does not notice that a new file lies under the same key.",
  default: "- none",
};

export const IMAGE_NAME: Argument = {
  type: "string",
  description:
    "The image's name: 2 to 128 characters, a letter or Chinese character first, then letters, digits, `.`, `:`, `_` or `-`; not starting with `aliyun` or `acs:`. It can be changed in place.",
  default: "- ECS makes one up",
  check: textCheck(checkImageName),
  change: "in place",
  codes: ["InvalidImageName"],
};

export const DESCRIPTION: Argument = {
  type: "string",
  description: "2 to 256 characters, not starting with `http://` or `https://`. It can be changed in place.",
  default: "- none",
  check: textCheck(checkDescription),
  change: "in place",
  codes: ["InvalidDescription"],
};

export const RESOURCE_GROUP_ID: Argument = {
  type: "string",
  description: "The image's resource group.",
  default: "- the account's default group",
  check: textCheck(checkId),
  parameter: "ResourceGroupId",
  codes: ["InvalidResourceGroup"],
};

export const TAGS: Argument = {
  type: ["map", "string"],
  description: `Tags of the image, ${USER_TAGS} at most. They can be changed in place.`,
  default: "- the provider's `default_tags`",
  check: checkTags,
  change: "in place",
  codes: ["TagKey", "InvalidTag"],
};

export const RETAIN_ON_DESTROY: Argument = {
  type: "bool",
  description: "Keep the image when the resource is destroyed. A task that still runs is cancelled all the same.",
  default: "false",
  change: "in place",
};

export const DELETE_SNAPSHOTS: Argument = {
  type: "bool",
  description:
    "Delete the snapshots behind the image together with it; otherwise ECS keeps and bills them. Those of a cancelled or failed task go in any case.",
  default: "true",
  change: "in place",
};

const duration = (description: string, fallback: string): Argument => ({
  type: "string",
  description,
  default: fallback,
  check: textCheck(checkDuration),
});

/** The `timeouts` block. */
export const timeouts = (create: Argument, remove: Argument): ArgumentBlock => ({
  nesting: "single",
  description: "Time limits, e.g. `90s`, `20m`, `1h30m`.",
  block: { create, delete: remove },
  change: "in place",
});

export const START_TIMEOUTS = timeouts(
  duration("How long to try to start the task. The wait for its end belongs to `imagetask_completion`.", "10m"),
  duration("How long a destroy may take: the cancel, the task's end and the image's removal.", "1h"),
);

export const COMPLETION_TIMEOUTS = timeouts(duration("How long the operation may take, counted from its start.", "2h"), {
  ...duration("Accepted for symmetry: destroying a completion calls nothing.", "- none"),
});
