import { type Behaviour, type BehaviourPatch, defaultBehaviour } from "./behaviour";

/** Sets these switches. For an unknown name or value, throws a RangeError that lists the allowed ones. */
export function patchBehaviour(behaviour: Behaviour, patch: BehaviourPatch): void {
  const current = behaviour as unknown as Groups;
  for (const [group, values] of Object.entries(patch as unknown as Groups)) {
    if (!Object.hasOwn(current, group))
      throw new RangeError(`There is no group of switches called "${group}". Allowed: ${Object.keys(current).join(", ")}.`);
    for (const [name, value] of Object.entries(values ?? {})) checkSwitch(group, name, value);
  }
  // Applied only after all checks, because nobody would notice a half-applied patch.
  for (const [group, values] of Object.entries(patch as unknown as Groups)) Object.assign(current[group], values);
}

type Groups = { [group: string]: { [name: string]: unknown } };

/** The allowed values. A switch that is not listed here takes values of the same type as its default. */
export const SWITCH_CHOICES: { readonly [path: string]: readonly unknown[] } = {
  "afterCancel.task": ["Deleted", "Failed", "Cancelled", "Finished", "notFound"],
  "afterCancel.image": ["gone", "CreateFailed", "UnAvailable"],
  "cancel.second": ["IncorrectTaskStatus", "ok", "CancelTaskFailed"],
  "cancel.notFoundStatus": [400, 403, 404],
  "task.supportCancelType": ["boolean", "string"],
  "task.supportCancel": ["kind", "moment"],
  "task.exportIdPrefix": ["t-", "tsk-"],
  "task.order": ["newestFirst", "oldestFirst"],
  "task.unfinishedTime": ["empty", "absent", "creation"],
  "task.failedStatus": ["Failed", "Finished"],
  "image.deleteUnknown": ["error", "ok"],
  "image.afterFailure": ["CreateFailed", "UnAvailable", "gone"],
  "image.importingName": ["ImageIsImporting", "InvalidImageName.Duplicated"],
  "export.unsupportedFormat": ["error", "raw"],
  "clientToken.processingCode": ["IdempotentProcessing", "LastTokenProcessing", "Idempotence.Processing"],
  "clientToken.mismatchCode": ["IdempotentParameterMismatch", "IdempotenceParamNotMatch", "InvalidParamter.Conflict"],
  "image.statusAll": ["nothing", "everything", "error"],
  "snapshot.whileImporting": ["failed", "progressing"],
  "snapshot.afterCancel": ["stays", "gone"],
  "snapshot.afterFailure": ["stays", "gone"],
  "snapshot.deleteUnknown": ["ok", "error"],
  "clientToken.storeFailures": ["no", "sameError", "IdempotentFailed", "mismatch"],
  "export.objectName": ["system", "task"],
  "request.dryRunCode": ["perAction", "DryRunOperation", "DRYRUN.SUCCESS"],
  "request.roleCode": ["NoSetRoletoECSServiceAcount", "NoSetRoletoECSServiceAccount"],
};

/** The switches that take a list of strings. */
export const SWITCH_LISTS: readonly string[] = ["export.formatRegions"];

const NULLABLE: ReadonlySet<string> = new Set([
  "task.concurrentImports",
  "task.lifetime",
  "image.quota",
  "export.concurrent",
  "export.weekly",
  "export.formatRegions",
  "clientToken.window",
]);

function checkSwitch(group: string, name: string, value: unknown): void {
  const path = `${group}.${name}`;
  const defaults = (defaultBehaviour() as unknown as Groups)[group];
  if (!Object.hasOwn(defaults, name))
    throw new RangeError(`There is no switch called "${path}". Allowed in ${group}: ${Object.keys(defaults).join(", ")}.`);
  const allowed = describeAllowed(path, defaults[name]);
  if (!allowed.accepts(value)) throw new RangeError(`The switch ${path} is ${JSON.stringify(value)}. Allowed: ${allowed.text}.`);
}

function describeAllowed(path: string, defaultValue: unknown): { text: string; accepts(value: unknown): boolean } {
  const choices = SWITCH_CHOICES[path];
  if (choices) return { text: choices.map((choice) => JSON.stringify(choice)).join(", "), accepts: (value) => choices.includes(value) };
  if (typeof defaultValue === "boolean") return { text: "true or false", accepts: (value) => typeof value === "boolean" };
  const orNull = NULLABLE.has(path);
  if (SWITCH_LISTS.includes(path)) {
    return {
      text: "a list of regions or null",
      accepts: (value) => value === null || (Array.isArray(value) && value.every((item) => typeof item === "string")),
    };
  }
  return {
    text: `a number, 0 or more${orNull ? ", or null for no limit" : ""}`,
    accepts: (value) => (orNull && value === null) || (typeof value === "number" && Number.isFinite(value) && value >= 0),
  };
}
