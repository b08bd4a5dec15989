export { checkCancel, checkWatch } from "./actions";
export { checkCompletion } from "./completion";
export { checkCopy } from "./copy";
export { canonicalEnum, checkEnum, isEnumeration } from "./enumeration";
export { checkExport } from "./export";
export { checkImport } from "./import";
export { checkList } from "./list";
export { checkProvider } from "./provider";
export { checkTasks } from "./tasks";
