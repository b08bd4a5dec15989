export { checkCompletion } from "./completion";
export { checkCopy } from "./copy";
export { parseDuration } from "./duration";
export { canonicalEnum, isEnumeration } from "./enumeration";
export { checkExport } from "./export";
export { checkImport } from "./import";
export { checkProvider } from "./provider";
export { checkTasks } from "./tasks";
