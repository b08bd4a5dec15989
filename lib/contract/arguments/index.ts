export type { Argument, ArgumentBlock, Arguments } from "./argument";
export { isBlock } from "./argument";
export { COMPLETION_ARGUMENTS } from "./completion";
export { COPY_ARGUMENTS } from "./copy";
export { enumerations, errorPaths, replacing, schemaBlock } from "./derived";
export { EXPORT_ARGUMENTS } from "./export";
export { IMPORT_ARGUMENTS } from "./import";
export { TASKS_ARGUMENTS } from "./tasks";
