import { EXPORT_TYPE, RESOURCE_SCHEMAS } from "../../contract/resources";
import { checkExport } from "../../contract/rules";
import { runningExports, startExport } from "../task/start-export";
import { adoptById, movedText } from "./adopt";
import { toExportRequest } from "./requests";
import type { StartKind } from "./start-kind";

export const exportKind: StartKind = {
  kind: "export",
  type: EXPORT_TYPE,
  schema: RESOURCE_SCHEMAS[EXPORT_TYPE],
  immutable: ["image_id", "oss_bucket", "oss_prefix", "image_format", "role_name"],
  errorPaths: {
    InvalidImageId: ["image_id"],
    IncorrectImageStatus: ["image_id"],
    ImageNotSupported: ["image_id"],
    "InvalidImage.DiskAmountOrSize": ["image_id"],
    InvalidImageLicense: ["image_id"],
    InvalidImageCategory: ["image_id"],
    ImageIsExporting: ["image_id"],
    InvalidImageFormat: ["image_format"],
    InvalidOSSBucket: ["oss_bucket"],
    InvalidOSSPrefix: ["oss_prefix"],
  },

  validate: checkExport,
  start: (context, config, region, options) => startExport(region, toExportRequest(config), context.starting(region), options),
  outputs: ({ taskId }) => ({ task_id: taskId }),
  lost: (context, region, prior, until) => runningExports(region, toExportRequest(prior), context.starting(region), until),
  adopt: (context, region, id) => adoptById(context, "export", region, id),

  /** There the id is the exported image's; the task's is not kept. */
  moveFrom(sourceType, source) {
    if (sourceType !== "alicloud_image_export") return null;
    return {
      id: movedText(source, "id")!,
      task_id: null,
      start_time: null,
      region: null,
      image_id: movedText(source, "image_id", "id"),
      oss_bucket: movedText(source, "oss_bucket"),
      oss_prefix: movedText(source, "oss_prefix"),
      image_format: null,
      role_name: null,
      start_key: null,
      timeouts: null,
    };
  },
};
