import type { Arguments } from "../../contract/arguments";
import type { IdentitySchema, Schema } from "../../contract/schema";
import type { Issue, ValueObject } from "../../contract/values";
import type { Diagnostic } from "../../plugin/resource";
import type { Context } from "../context";
import type { Image } from "../task/gateway";
import { formatOperationId, type Operation, type OperationKind } from "../task/operation";
import type { StartOptions } from "../task/start/start-options";
import type { Started } from "../task/start/started";
import type { ErrorPaths } from "./diagnostics";

/** What differs between imports, exports and copies; everything else is shared (`start-resource.ts`). */
export interface StartKind {
  readonly kind: OperationKind;
  readonly type: string;
  readonly schema: Schema;
  readonly arguments: Arguments;
  readonly identity: IdentitySchema;
  /** The argument that an error code of ECS concerns, by the code's prefix. */
  readonly errorPaths: ErrorPaths;

  validate(config: ValueObject): readonly Issue[];
  start(context: Context, config: ValueObject, region: string, options: StartOptions): Promise<Started>;
  /** The computed attributes that hold the ids of the operation's task and image. */
  outputs(operation: Operation): ValueObject;
  /** The state as ECS shows it now; `filling` after an import, when the configured values are not known. */
  drift?(state: ValueObject, image: Image, context: Context, filling: boolean): ValueObject;
  /** Changes in place; only called for kinds that own an image. */
  update?(context: Context, operation: Operation, prior: ValueObject, planned: ValueObject): Promise<void>;
  /** The operations that an unanswered start may have begun and that belong to nobody else. */
  lost(context: Context, operation: Operation, prior: ValueObject, until: number): Promise<readonly Operation[]>;
  /** `terraform import`: the operation by the region and the id of its task or image. */
  importById(context: Context, region: string, id: string): Promise<Operation>;
  /** The arguments of an imported operation, as far as ECS returns them. */
  importedArguments?(context: Context, operation: Operation): Promise<ValueObject>;
  /** `moved`: the arguments from another provider's state, or null for a type that cannot be moved here. */
  moveFrom(sourceType: string, source: { readonly [name: string]: unknown }): ValueObject | null;
}

/** The issues that are reported at validate; the others wait for the plan. */
export const atValidate = (issues: readonly Issue[]): readonly Issue[] => issues.filter(({ from }) => from !== "plan");

export const issueDiagnostic = (issue: Issue): Diagnostic => ({
  severity: "error",
  summary: issue.summary,
  detail: issue.detail,
  path: issue.path,
});

/** The computed attributes of the operation's resource. */
export function nameOperation(kind: StartKind, operation: Operation): ValueObject {
  return { id: formatOperationId(operation), start_time: new Date(operation.startedAt).toISOString(), ...kind.outputs(operation) };
}
