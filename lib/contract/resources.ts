import { COMPLETION_ARGUMENTS, COPY_ARGUMENTS, EXPORT_ARGUMENTS, IMPORT_ARGUMENTS, schemaBlock, TASKS_ARGUMENTS } from "./arguments";
import type { Attribute, IdentitySchema, Schema } from "./schema";

/** The Terraform types' names. */
export const IMPORT_TYPE = "imagetask_import";
export const EXPORT_TYPE = "imagetask_export";
export const COPY_TYPE = "imagetask_copy";
export const COMPLETION_TYPE = "imagetask_completion";
export const TASKS_TYPE = "imagetask_tasks";

const output = (type: Attribute["type"], description: string): Attribute => ({ type, computed: true, description });

const ID = output("string", "The operation's id, an opaque string. Pass it to an `imagetask_completion` as `operation_id`.");
const START_TIME = output("string", "When the operation started (RFC 3339, UTC).");
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
      "Starts the import of an OSS object as a custom image, and owns the task and the image. Destroying it cancels a running task.",
      IMPORT_ARGUMENTS,
      {
        id: ID,
        task_id: TASK_ID,
        image_id: output(
          "string",
          "The id of the image that the task creates. For resources that need the image to be Available, use the completion's `image_id`.",
        ),
        start_time: START_TIME,
      },
    ),
  },
  [EXPORT_TYPE]: {
    version: 0,
    block: schemaBlock(
      "Starts the export of a custom image to OSS, and owns the task. Destroying it cancels a running task, but never deletes an exported object.",
      EXPORT_ARGUMENTS,
      { id: ID, task_id: TASK_ID, start_time: START_TIME },
    ),
  },
  [COPY_TYPE]: {
    version: 0,
    block: schemaBlock(
      "Starts the copy of an image to another region, and owns the new image. Destroying it cancels a running copy.",
      COPY_ARGUMENTS,
      { id: ID, start_time: START_TIME },
    ),
  },
  [COMPLETION_TYPE]: {
    version: 0,
    block: schemaBlock("Waits until an operation has ended. Cancels it on timeout and on interrupt.", COMPLETION_ARGUMENTS, {
      id: output("string", "The same as `operation_id`."),
      image_id: output("string", "The id of the imported, copied or exported image. The image is Available."),
      status: output("string", "The final status of the task: `Finished`."),
      finished_time: output("string", "When the provider noticed that the task had ended (RFC 3339, UTC)."),
      progress: output(
        "number",
        "The operation's progress in per cent. A refresh updates it while a detached operation keeps running. 100 when the operation has finished.",
      ),
    }),
  },
} satisfies { [type: string]: Schema };

export type ResourceType = keyof typeof RESOURCE_SCHEMAS;

export const isResourceType = (type: string): type is ResourceType => Object.hasOwn(RESOURCE_SCHEMAS, type);

const identity = (name: string, description: string): IdentitySchema => ({
  version: 0,
  attributes: {
    region: { type: "string", required: false, description: "The region. Default: the provider's." },
    [name]: { type: "string", required: true, description },
  },
});

/** The identity of each start resource, by type name. A completion has none. */
export const IDENTITY_SCHEMAS = {
  [IMPORT_TYPE]: identity("image_id", "The id of the image that the import creates, `m-…`."),
  [EXPORT_TYPE]: identity("task_id", "The id of the export's task, `t-…`."),
  [COPY_TYPE]: identity("image_id", "The id of the copy, `m-…`, in its own region."),
} satisfies { [type: string]: IdentitySchema };

/** The schemas of all data sources, by type name. */
export const DATA_SOURCE_SCHEMAS = {
  [TASKS_TYPE]: {
    version: 0,
    block: schemaBlock(
      "The tasks of a region that DescribeTasks lists, and the copies that this provider started, which have no task.",
      TASKS_ARGUMENTS,
      {
        id: output("string", "The id of the query."),
        tasks: output(
          TASK_OBJECT,
          "All matching tasks and copies. `kind` is null for other kinds of tasks. For a copy, `task_id` is null and `task_status` is the status of its image. `progress` is in per cent.",
        ),
      },
    ),
  },
} satisfies { [type: string]: Schema };
