import type { Attribute, Block, NestedBlock, Schema } from "./schema";

/** The Terraform types' names. */
export const IMPORT_TYPE = "imagetask_import";
export const EXPORT_TYPE = "imagetask_export";
export const COPY_TYPE = "imagetask_copy";
export const COMPLETION_TYPE = "imagetask_completion";
export const TASKS_TYPE = "imagetask_tasks";

const optional = (type: Attribute["type"], description: string): Attribute => ({ type, optional: true, description });
const required = (type: Attribute["type"], description: string): Attribute => ({ type, required: true, description });
const computed = (type: Attribute["type"], description: string): Attribute => ({ type, computed: true, description });

const timeouts = (create: string, remove: string): NestedBlock => ({
  nesting: "single",
  block: {
    description: "Time limits, e.g. `90s`, `20m`, `1h30m`.",
    attributes: { create: optional("string", create), delete: optional("string", remove) },
  },
});

const REGION: Attribute = { type: "string", optional: true, computed: true, description: "The region; the provider's unless given." };
const START_KEY: Attribute = {
  type: "string",
  optional: true,
  computed: true,
  description:
    "Names this start among all of the account's: the base of the ClientToken and a tag of the image, by which a run that follows a crash finds the operation again. Derived from the arguments unless given; give it where two stacks hold the same arguments.",
};
const RETAIN: Attribute = optional(
  "bool",
  "Keep the image when the resource is destroyed; a task that still runs is cancelled all the same. Default false.",
);
const TAGS: Attribute = optional(["map", "string"], "Tags of the image, 19 at most.");
const ID = computed("string", "Names the operation; opaque. An `imagetask_completion` takes it as its `operation_id`.");
const START_TIME = computed("string", "When the operation was started (RFC 3339, UTC).");
const STARTED: NestedBlock = timeouts(
  "How long to try to start the task; default `10m`. The wait for its end belongs to `imagetask_completion`.",
  "How long a destroy may take: the cancel, the task's end and the image's removal; default `1h`.",
);

const IMPORT_BLOCK: Block = {
  description:
    "Starts the import of an OSS object into a custom image and owns the task and the image: destroying it cancels a task that still runs.",
  attributes: {
    id: ID,
    task_id: computed("string", "The task's id, `t-…`."),
    image_id: computed(
      "string",
      "The id of the image that the task makes. Use the completion's `image_id` for whatever needs the image to be Available.",
    ),
    start_time: START_TIME,
    region: REGION,
    image_name: optional(
      "string",
      "The image's name: 2 to 128 characters, a letter or Chinese character first, then letters, digits, `.`, `:`, `_` or `-`; not starting with `aliyun` or `acs:`.",
    ),
    description: optional("string", "2 to 256 characters, not starting with `http://` or `https://`."),
    architecture: optional("string", "`x86_64` (ECS's default), `i386` or `arm64`; arm64 needs `boot_mode` UEFI."),
    os_type: optional("string", "`linux` (ECS's default) or `windows`."),
    platform: optional("string", "The distribution, e.g. `Ubuntu`, `CentOS`, `Windows Server 2022`, `Others Linux` (ECS's default)."),
    boot_mode: optional("string", "`BIOS` (ECS's default) or `UEFI`."),
    license_type: optional("string", "`Auto` (ECS's default), `Aliyun` or `BYOL`."),
    role_name: optional("string", "The RAM role that ECS takes to read the object; ECS's default is `AliyunECSImageImportDefaultRole`."),
    resource_group_id: optional("string", "The resource group of the image."),
    detection_strategy: optional("string", "`Standard` has ECS check the image once it is imported."),
    storage_location_arn: optional("string", "The storage of a cloud box; only for cloud boxes."),
    tags: TAGS,
    retain_on_destroy: RETAIN,
    start_key: START_KEY,
  },
  blocks: {
    disk_device_mapping: {
      nesting: "list",
      minItems: 1,
      maxItems: 17,
      block: {
        description: "One disk each; the first is the system disk.",
        attributes: {
          oss_bucket: required("string", "The bucket, in the same region."),
          oss_object: required("string", "The object's key."),
          format: optional("string", "`RAW`, `VHD` or `QCOW2`; ECS looks into the file unless given."),
          disk_image_size: optional("number", "The disk's size in GiB, 1 to 2048."),
          device: { ...optional("string", "The device's name; deprecated by ECS."), deprecated: true },
        },
      },
    },
    features: {
      nesting: "list",
      maxItems: 1,
      block: {
        description: "Features of the image.",
        attributes: {
          nvme_support: optional("string", "`supported` or `unsupported` (ECS's default)."),
          imds_support: optional("string", "`v1` (ECS's default) or `v2`."),
        },
      },
    },
    timeouts: STARTED,
  },
};

const EXPORT_BLOCK: Block = {
  description:
    "Starts the export of a custom image to OSS and owns the task: destroying it cancels a task that still runs. A finished object in OSS is yours and stays.",
  attributes: {
    id: ID,
    task_id: computed("string", "The task's id."),
    start_time: START_TIME,
    region: REGION,
    image_id: required("string", "The image to export; it has to be Available."),
    oss_bucket: required("string", "The bucket, in the image's region."),
    oss_prefix: optional("string", "What the object's key starts with: 1 to 30 letters and digits."),
    image_format: optional("string", "`raw` (ECS's default), `vhd`, `qcow2`, `vmdk` or `vdi`; others than raw only in some regions."),
    role_name: optional("string", "The RAM role that ECS takes to write the object; ECS's default is `AliyunECSImageExportDefaultRole`."),
    start_key: START_KEY,
  },
  blocks: { timeouts: STARTED },
};

const COPY_BLOCK: Block = {
  description: "Starts the copy of an image to another region and owns the new image: destroying it cancels a copy that still runs.",
  attributes: {
    id: ID,
    start_time: START_TIME,
    image_id: required("string", "The image to copy, in `source_region`. The new image's id is the completion's `image_id`."),
    source_region: required("string", "The region of the image to copy."),
    region: { ...REGION, description: "The region of the copy; the provider's unless given." },
    image_name: optional("string", "The new image's name; the rules are those of `imagetask_import`."),
    description: optional("string", "2 to 256 characters, not starting with `http://` or `https://`."),
    encrypted: optional("bool", "Encrypt the copy."),
    kms_key_id: optional("string", "The KMS key of an encrypted copy."),
    resource_group_id: optional("string", "The resource group of the new image."),
    tags: TAGS,
    retain_on_destroy: RETAIN,
    start_key: START_KEY,
  },
  blocks: { timeouts: STARTED },
};

const COMPLETION_BLOCK: Block = {
  description: "Waits for an operation's end; cancels it on timeout and on interrupt.",
  attributes: {
    id: computed("string", "The same as `operation_id`."),
    operation_id: required("string", "The `id` of the imagetask_import, imagetask_export or imagetask_copy to wait for."),
    on_timeout: optional("string", "`cancel` (default) or `detach`: what becomes of the operation when `timeouts.create` has passed."),
    on_interrupt: optional("string", "`cancel` (default) or `detach`: what becomes of the operation on Ctrl-C or when Terraform dies."),
    image_id: computed("string", "The image, Available by now: the imported or copied one, or the one that was exported."),
    status: computed("string", "How the task ended: `Finished`."),
    finished_time: computed("string", "When the task was seen to have ended (RFC 3339, UTC)."),
  },
  blocks: {
    timeouts: timeouts(
      "How long the operation may take, counted from its start; default `2h`.",
      "Accepted for symmetry: destroying a completion calls nothing.",
    ),
  },
};

const TASK_OBJECT: Attribute["type"] = [
  "list",
  [
    "object",
    {
      task_id: "string",
      task_action: "string",
      task_status: "string",
      support_cancel: "bool",
      resource_id: "string",
      creation_time: "string",
      finished_time: "string",
    },
  ],
];

const TASKS_BLOCK: Block = {
  description: "The tasks of a region, as DescribeTasks lists them.",
  attributes: {
    id: computed("string", "Names the query."),
    region: REGION,
    task_ids: optional(["list", "string"], "Up to 100 task ids."),
    task_action: optional("string", "`ImportImage`, `ExportImage`, `RedeployInstance`, `ModifyDiskSpec` or `ArchiveSnapshot`."),
    task_status: optional("string", "`Finished`, `Processing` or `Failed`."),
    start_time: optional("string", "Tasks created at or after this time, `yyyy-MM-ddTHH:mm:ssZ` in UTC."),
    end_time: optional("string", "Tasks created at or before this time, `yyyy-MM-ddTHH:mm:ssZ` in UTC."),
    resource_ids: optional(["list", "string"], "Up to 100 resource ids: the image's for import and export tasks."),
    tasks: computed(TASK_OBJECT, "The tasks found, over all pages."),
  },
};

/** The schemas of all managed resources, by type name. */
export const RESOURCE_SCHEMAS = {
  [IMPORT_TYPE]: { version: 0, block: IMPORT_BLOCK },
  [EXPORT_TYPE]: { version: 0, block: EXPORT_BLOCK },
  [COPY_TYPE]: { version: 0, block: COPY_BLOCK },
  [COMPLETION_TYPE]: { version: 0, block: COMPLETION_BLOCK },
} as const satisfies { [type: string]: Schema };

/** The schemas of all data sources, by type name. */
export const DATA_SOURCE_SCHEMAS = {
  [TASKS_TYPE]: { version: 0, block: TASKS_BLOCK },
} as const satisfies { [type: string]: Schema };
