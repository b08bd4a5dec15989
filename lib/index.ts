export * from "./image-copy";
export * from "./image-export";
export * from "./image-import";
export * from "./image-task-pipeline";
export * from "./image-task-policy";
export * from "./image-task-props";
export * from "./image-task-provider";
export * from "./image-task-provider-props";
export * from "./image-task-roles";
export type {
  ImageCopyArguments,
  ImageExportArguments,
  ImageImportArguments,
  ImageImportDisk,
  ImageImportFeatures,
} from "./imports/imagetask/props";
export { ImageTaskValidationError, ProviderPackageError } from "./private/errors";
export type { Issue as ImageTaskIssue } from "./contract/values";

// The generated resources, for whatever the constructs leave out. Unlike the constructs they make no provider: a stack that
// has nothing else needs an ImageTaskProvider made by hand.
export { Completion as ImagetaskCompletion, type CompletionConfig as ImagetaskCompletionConfig } from "./imports/imagetask/completion";
export { Copy as ImagetaskCopy, type CopyConfig as ImagetaskCopyConfig } from "./imports/imagetask/copy";
export { DataImagetaskTasks, type DataImagetaskTasksConfig } from "./imports/imagetask/data-imagetask-tasks";
export { Export as ImagetaskExport, type ExportConfig as ImagetaskExportConfig } from "./imports/imagetask/export";
export { Import as ImagetaskImport, type ImportConfig as ImagetaskImportConfig } from "./imports/imagetask/import";
