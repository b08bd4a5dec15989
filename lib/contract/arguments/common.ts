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
  // A region that is not known yet may be the old one: `start-plan.ts` decides whether to replace.
  change: "in place",
  codes: ["InvalidRegionId", "InvalidRegion.", "ENOTFOUND", "EAI_AGAIN"],
};

export const START_KEY: Argument = {
  type: "string",
  description:
    "A name for this start that is unique in the account. The ClientToken is derived from it, and the image is tagged with it, so that the next run after a crash finds the operation again. 1 to 128 printable ASCII characters. Set it if two stacks have the same arguments.",
  default: "- derived from the arguments",
  computed: true,
  check: textCheck(checkStartKey),
  change: "in place",
};

export const STACK: Argument = {
  type: "string",
  description:
    "The stack that the operation belongs to, for `imagetask list` and `imagetask cancel --stack`. 1 to 128 printable ASCII characters. The image gets the tag `imagetask:stack`; an export tags the exported image while it runs.",
  default: "- the first element of `start_key`, if that is a path",
  check: textCheck(checkStack),
  change: "in place",
};

export const EXPIRES_AFTER: Argument = {
  type: "string",
  description:
    "How long after its start the operation counts as overdue, e.g. `2h`. Use the completion's `timeouts.create`. `imagetask list` marks overdue operations, and `imagetask reap` may cancel them. The image gets the tag `imagetask:expires`.",
  default: "- none",
  check: textCheck(checkDuration),
  change: "in place",
};

export const TRIGGERS: Argument = {
  type: ["map", "string"],
  description:
    "Arbitrary values. A change replaces the resource. Use the OSS object's etag, for example: nothing else shows that the object's content has changed.",
  default: "- none",
};

export const IMAGE_NAME: Argument = {
  type: "string",
  description:
    "The image's name: 2 to 128 characters. It starts with a letter or Chinese character, followed by letters, digits, `.`, `:`, `_` or `-`, and must not start with `aliyun` or `acs:`. It can be changed in place.",
  default: "- ECS generates one",
  check: textCheck(checkImageName),
  change: "in place",
  codes: ["InvalidImageName"],
};

export const DESCRIPTION: Argument = {
  type: "string",
  description: "The image's description: 2 to 256 characters, not starting with `http://` or `https://`. It can be changed in place.",
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
  description: `Tags of the image, at most ${USER_TAGS}. They can be changed in place.`,
  default: "- the provider's `default_tags`",
  check: checkTags,
  change: "in place",
  codes: ["TagKey", "InvalidTag"],
};

export const RETAIN_ON_DESTROY: Argument = {
  type: "bool",
  description: "Whether to keep the image when the resource is destroyed. A running task is cancelled even so.",
  default: "false",
  change: "in place",
};

export const DELETE_SNAPSHOTS: Argument = {
  type: "bool",
  description:
    "Whether to delete the image's snapshots together with it; otherwise ECS keeps and bills them. The snapshots of a cancelled or failed task are always deleted.",
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
  duration("How long starting the task may take. `imagetask_completion` has its own timeout for waiting until the task has ended.", "10m"),
  duration("How long a destroy may take: cancelling the task, waiting for its end and deleting the image.", "1h"),
);

export const COMPLETION_TIMEOUTS = timeouts(duration("How long the operation may take, counted from its start.", "2h"), {
  ...duration("Has no effect, because destroying a completion calls nothing. Accepted for symmetry.", "- none"),
});
