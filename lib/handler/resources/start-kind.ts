import type { Arguments } from "../../contract/arguments";
import type { IdentitySchema, Schema } from "../../contract/schema";
import type { Issue, ValueObject } from "../../contract/values";
import type { Diagnostic } from "../../plugin/resource";
import type { Context } from "../context";
import type { Image } from "../task/gateway";
import { formatOperationId, type Operation, type OperationKind } from "../task/operation";
import type { Started, StartOptions } from "../task/start/starter";
import type { ErrorPaths } from "./diagnostics";

/** What differs between imports, exports and copies; everything else they share (`start-resource.ts`). */
export interface StartKind {
  readonly kind: OperationKind;
  /** The Terraform type. */
  readonly type: string;
  readonly schema: Schema;
  readonly arguments: Arguments;
  readonly identity: IdentitySchema;
  /** Which argument ECS's codes are about, by the code's beginning. */
  readonly errorPaths: ErrorPaths;

  validate(config: ValueObject): readonly Issue[];
  start(context: Context, config: ValueObject, region: string, options: StartOptions): Promise<Started>;
  /** The computed attributes that name the operation's parts. */
  outputs(operation: Operation): ValueObject;
  /** The state as ECS shows it now; `filling` after an import, when the configuration's own values are not known. */
  drift?(state: ValueObject, image: Image, context: Context, filling: boolean): ValueObject;
  /** Changes in place; only called for kinds that own an image. */
  update?(context: Context, operation: Operation, prior: ValueObject, planned: ValueObject): Promise<void>;
  /** What a start whose answer never came may have begun, and nobody else can have. */
  lost(context: Context, operation: Operation, prior: ValueObject, until: number): Promise<readonly Operation[]>;
  /** `terraform import`: the state by the region and the id of a task or an image. */
  importById(context: Context, region: string, id: string): Promise<Operation>;
  /** What ECS tells, then, of the arguments. */
  importedArguments?(context: Context, operation: Operation): Promise<ValueObject>;
  /** `moved`: what another provider's type says of the arguments, or null for a type that is not ours to take. */
  moveFrom(sourceType: string, source: { readonly [name: string]: unknown }): ValueObject | null;
}

/** What is told when a configuration is validated; the rest waits for the plan. */
export const atValidate = (issues: readonly Issue[]): readonly Issue[] => issues.filter(({ from }) => from !== "plan");

/** A finding as Terraform shows it. */
export const issueDiagnostic = (issue: Issue): Diagnostic => ({
  severity: "error",
  summary: issue.summary,
  detail: issue.detail,
  path: issue.path,
});

/** The computed attributes of a resource whose operation this is. */
export function nameOperation(kind: StartKind, operation: Operation): ValueObject {
  return { id: formatOperationId(operation), start_time: new Date(operation.startedAt).toISOString(), ...kind.outputs(operation) };
}
