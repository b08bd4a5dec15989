import { errorPaths, EXPORT_ARGUMENTS } from "../../contract/arguments";
import { EXPORT_TYPE, IDENTITY_SCHEMAS, RESOURCE_SCHEMAS } from "../../contract/resources";
import { checkExport } from "../../contract/checks";
import { runningExports, startExport } from "../task/start/start-export";
import { importById } from "./import-by-id";
import { movedText } from "./moved";
import { toExportRequest } from "./requests";
import { exportArguments } from "./imported-arguments";
import type { StartKind } from "./start-kind";

export const exportKind: StartKind = {
  kind: "export",
  type: EXPORT_TYPE,
  schema: RESOURCE_SCHEMAS[EXPORT_TYPE],
  identity: IDENTITY_SCHEMAS[EXPORT_TYPE],
  arguments: EXPORT_ARGUMENTS,
  errorPaths: errorPaths(EXPORT_ARGUMENTS),

  validate: checkExport,
  async start(context, config, region, options) {
    const request = toExportRequest(config);
    const started = await startExport(region, request, context.starting(region), options);
    context.exportFormats.set(started.operation.taskId!, String(request.parameters["ImageFormat"] ?? "raw"));
    return started;
  },
  outputs: ({ taskId }) => ({ task_id: taskId }),
  lost: (context, operation, prior, until) => runningExports(operation, toExportRequest(prior), context.starting(operation.region), until),
  importById: (context, region, id) => importById(context, "export", region, id),
  importedArguments: exportArguments,

  /** The alicloud provider keeps the exported image's id, not the task's. */
  moveFrom(sourceType, source) {
    if (sourceType !== "alicloud_image_export") return null;
    return {
      id: movedText(source, "id")!,
      image_id: movedText(source, "image_id", "id"),
      oss_bucket: movedText(source, "oss_bucket"),
      oss_prefix: movedText(source, "oss_prefix"),
    };
  },
};
