import type { Issue } from "./contract/values";
import * as imagetask from "./imports/imagetask";
import * as errors from "./private/errors";

export * from "./image-copy";
export * from "./image-export";
export * from "./image-import";
export * from "./image-task-guardrail-rules";
export * from "./image-task-guardrails";
export * from "./image-task-pipeline";
export * from "./image-task-policy";
export * from "./image-task-props";
export * from "./image-task-provider";
export * from "./image-task-provider-props";
export * from "./image-task-reaper";
export * from "./image-task-roles";
export type {
  ImageCopyArguments,
  ImageCopyOptions,
  ImageExportArguments,
  ImageExportOptions,
  ImageImportArguments,
  ImageImportDisk,
  ImageImportFeatures,
} from "./imports/imagetask/props";

// Constructs throw these errors in all languages, but only TypeScript has their classes.
export const ImageTaskValidationError = errors.ImageTaskValidationError;
export type ImageTaskValidationError = errors.ImageTaskValidationError;
export const ProviderPackageError = errors.ProviderPackageError;
export type ProviderPackageError = errors.ProviderPackageError;
export type ImageTaskIssue = Issue;

// The generated resources, for what the constructs do not cover. Unlike the constructs, they create no provider: a stack that uses
// nothing else needs its own ImageTaskProvider. TypeScript also keeps the names from before there were namespaces.
export * as alicloud from "./imports/alicloud";
export * as imagetask from "./imports/imagetask";
export const ImagetaskCompletion = imagetask.Completion;
export type ImagetaskCompletion = imagetask.Completion;
export type ImagetaskCompletionConfig = imagetask.CompletionConfig;
export const ImagetaskCopy = imagetask.Copy;
export type ImagetaskCopy = imagetask.Copy;
export type ImagetaskCopyConfig = imagetask.CopyConfig;
export const DataImagetaskTasks = imagetask.DataImagetaskTasks;
export type DataImagetaskTasks = imagetask.DataImagetaskTasks;
export type DataImagetaskTasksConfig = imagetask.DataImagetaskTasksConfig;
export const ImagetaskExport = imagetask.Export;
export type ImagetaskExport = imagetask.Export;
export type ImagetaskExportConfig = imagetask.ExportConfig;
export const ImagetaskImport = imagetask.Import;
export type ImagetaskImport = imagetask.Import;
export type ImagetaskImportConfig = imagetask.ImportConfig;
