import { COMPLETION_ARGUMENTS, COPY_ARGUMENTS, EXPORT_ARGUMENTS, IMPORT_ARGUMENTS, schemaBlock, TASKS_ARGUMENTS } from "./arguments";
import type { Attribute, IdentitySchema, Schema } from "./schema";

/** The Terraform types' names. */
export const IMPORT_TYPE = "imagetask_import";
export const EXPORT_TYPE = "imagetask_export";
export const COPY_TYPE = "imagetask_copy";
export const COMPLETION_TYPE = "imagetask_completion";
export const TASKS_TYPE = "imagetask_tasks";

const output = (type: Attribute["type"], description: string): Attribute => ({ type, computed: true, description });

const ID = output("string", "Names the operation; opaque. An `imagetask_completion` takes it as its `operation_id`.");
const START_TIME = output("string", "When the operation was started (RFC 3339, UTC).");
const TASK_ID = output("string", "The task's id, `t-…`.");

const TASK_OBJECT: Attribute["type"] = [
  "list",
  [
    "object",
    {
      kind: "string",
      name: "string",
      task_id: "string",
      task_action: "string",
      task_status: "string",
      progress: "number",
      support_cancel: "bool",
      resource_id: "string",
      creation_time: "string",
      finished_time: "string",
      expires_at: "string",
      stack: "string",
      run: "string",
      start_key: "string",
    },
  ],
];

/** The schemas of all managed resources, by type name. */
export const RESOURCE_SCHEMAS = {
  [IMPORT_TYPE]: {
    version: 0,
    block: schemaBlock(
      "Starts the import of an OSS object into a custom image and owns the task and the image: destroying it cancels a task that still runs.",
      IMPORT_ARGUMENTS,
      {
        id: ID,
        task_id: TASK_ID,
        image_id: output(
          "string",
          "The id of the image that the task makes. Use the completion's `image_id` for whatever needs the image to be Available.",
        ),
        start_time: START_TIME,
      },
    ),
  },
  [EXPORT_TYPE]: {
    version: 0,
    block: schemaBlock(
      "Starts the export of a custom image to OSS and owns the task: destroying it cancels a task that still runs. A finished object in OSS is yours and stays.",
      EXPORT_ARGUMENTS,
      { id: ID, task_id: TASK_ID, start_time: START_TIME },
    ),
  },
  [COPY_TYPE]: {
    version: 0,
    block: schemaBlock(
      "Starts the copy of an image to another region and owns the new image: destroying it cancels a copy that still runs.",
      COPY_ARGUMENTS,
      { id: ID, start_time: START_TIME },
    ),
  },
  [COMPLETION_TYPE]: {
    version: 0,
    block: schemaBlock("Waits for an operation's end; cancels it on timeout and on interrupt.", COMPLETION_ARGUMENTS, {
      id: output("string", "The same as `operation_id`."),
      image_id: output("string", "The image, Available by now: the imported or copied one, or the one that was exported."),
      status: output("string", "How the task ended: `Finished`."),
      finished_time: output("string", "When the task's end was noticed (RFC 3339, UTC)."),
    }),
  },
} satisfies { [type: string]: Schema };

const identity = (name: string, description: string): IdentitySchema => ({
  version: 0,
  attributes: {
    region: { type: "string", required: false, description: "The region. Default: the provider's." },
    [name]: { type: "string", required: true, description },
  },
});

/** What names a start resource, by type name. A completion has no identity of its own. */
export const IDENTITY_SCHEMAS = {
  [IMPORT_TYPE]: identity("image_id", "The id of the image that the import makes, `m-…`."),
  [EXPORT_TYPE]: identity("task_id", "The id of the export's task, `t-…`."),
  [COPY_TYPE]: identity("image_id", "The id of the copy, `m-…`, in its own region."),
} satisfies { [type: string]: IdentitySchema };

/** The schemas of all data sources, by type name. */
export const DATA_SOURCE_SCHEMAS = {
  [TASKS_TYPE]: {
    version: 0,
    block: schemaBlock(
      "The tasks of a region, as DescribeTasks lists them, and the copies that this provider started, which have no task.",
      TASKS_ARGUMENTS,
      {
        id: output("string", "Names the query."),
        tasks: output(
          TASK_OBJECT,
          "What was found, over all pages, each with what ECS says of it: `kind` is null for a task of another kind, `task_id` for a copy, whose `task_status` is its image's; `progress` is in per cent.",
        ),
      },
    ),
  },
} satisfies { [type: string]: Schema };
