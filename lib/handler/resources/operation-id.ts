import type { Issue, Path, ValueObject } from "../../contract/values";
import type { Diagnostic } from "../../plugin/resource";
import { isUnresolved, parseOperationId, type Operation } from "../task/operation";
import { text } from "./arguments";
import { issueDiagnostic } from "./start-kind";

/** The argument that names an operation by a start resource's id. */
export const OPERATION_ID: Path = ["operation_id"];

/** Not checked at validate, because the mocks of `terraform test` make up ids, which Terraform validates too. */
export function operationIssues(config: ValueObject): Issue[] {
  const id = text(config["operation_id"]);
  return id && !parseOperationId(id) ? [notAnOperation(id)] : [];
}

/** The operation that an id names, or why there is none to work with. */
export function namedOperation(id: string): Operation | Diagnostic {
  const operation = parseOperationId(id);
  if (!operation) return issueDiagnostic(notAnOperation(id));
  return isUnresolved(operation) ? unresolved(id) : operation;
}

const notAnOperation = (id: string): Issue => ({
  summary: "Not an operation",
  detail: `operation_id is "${id}", which is not an operation's id. ECS was not called. Set it to the id of an imagetask_import, imagetask_export or imagetask_copy, e.g. imagetask_import.example.id.`,
  path: OPERATION_ID,
});

const unresolved = (id: string): Diagnostic => ({
  severity: "error",
  summary: "Could not confirm that the operation started",
  detail: `operation_id is "${id}": ECS gave no usable answer when this operation was started. Run apply again: it ends what may have been started, then starts a new one.`,
  path: OPERATION_ID,
});
