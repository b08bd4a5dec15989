import type { IdentitySchema, Schema } from "../contract/schema";
import type { Issue, Path, ValueObject } from "../contract/values";

/**
 * A provider as the plugin sees it: schemas, and functions over plain values. The plugin does not know the cloud; the provider does
 * not know gRPC, msgpack or protobuf.
 */
export interface Provider {
  readonly schema: Schema;
  readonly resources: { readonly [type: string]: Resource };
  readonly dataSources: { readonly [type: string]: DataSource };

  /** The lists by the resource type that each lists. */
  readonly lists?: { readonly [type: string]: List };
  readonly actions?: { readonly [type: string]: Action };

  /** Plan-time check of the provider block. */
  validate(config: ValueObject): readonly Issue[];

  /** Called once, before any read, plan or apply. At plan, parts of the configuration may be unknown. */
  configure(config: ValueObject): Promise<readonly Diagnostic[]>;

  /** The user interrupted Terraform (StopProvider). Returns at once; running RPCs end soon afterwards. */
  stop(): void;

  /**
   * Resolves when no work of this process is left. After `stop()`, and when Terraform is dead (`orphaned`), the provider
   * cancels the operations of this run first. The process exits only afterwards.
   */
  drain(reason: "shutdown" | "orphaned"): Promise<void>;
}

export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  /** The argument that Terraform's caret points at. */
  readonly path?: Path;
}

/** Opaque bytes that Terraform keeps with a resource instance and users never see. */
export type Private = Buffer;

/** May contain both a new state and an error: Terraform then keeps the state, tainted. */
export interface StateResult {
  readonly state: ValueObject | null;
  readonly private?: Private;
  readonly diagnostics?: readonly Diagnostic[];
}

export interface PlanRequest {
  /** Null when the resource will be created. */
  readonly prior: ValueObject | null;
  /** The configuration with the prior computed values, as Terraform proposes it. */
  readonly proposed: ValueObject;
  readonly config: ValueObject;
  readonly priorPrivate: Private;
}

export interface PlanResult {
  readonly planned: ValueObject;
  /** The changed attributes that make Terraform replace the resource. */
  readonly requiresReplace?: readonly Path[];
  readonly private?: Private;
  readonly diagnostics?: readonly Diagnostic[];
}

export interface CreateRequest {
  readonly config: ValueObject;
  readonly planned: ValueObject;
  readonly private: Private;
}

export interface UpdateRequest extends CreateRequest {
  readonly prior: ValueObject;
}

export interface DeleteRequest {
  readonly prior: ValueObject;
  readonly private: Private;
}

export interface ReadRequest {
  readonly state: ValueObject;
  readonly private: Private;
}

export interface MoveRequest {
  /** e.g. `registry.terraform.io/aliyun/alicloud` */
  readonly sourceProvider: string;
  readonly sourceType: string;
  readonly sourceSchemaVersion: number;
  /** The source's state, as Terraform stores it. */
  readonly sourceState: { readonly [name: string]: unknown };
}

/** How Terraform 1.12 and later tell two resources of a type apart. */
export interface Identity {
  readonly schema: IdentitySchema;
  /** Returns the identity of the resource in this state; null while it is not known. */
  of(state: ValueObject): ValueObject | null;
  /** Returns the first state for an `import` block with an identity. Attributes that the block omits are null. */
  importState(identity: ValueObject): Promise<StateResult>;
}

/** A managed resource. */
export interface Resource {
  readonly schema: Schema;
  validate?(config: ValueObject): readonly Issue[];
  /** A null state means that the resource is gone. */
  read(request: ReadRequest): Promise<StateResult>;
  /** Not called when the resource will be destroyed. */
  plan(request: PlanRequest): Promise<PlanResult>;
  create(request: CreateRequest): Promise<StateResult>;
  update(request: UpdateRequest): Promise<StateResult>;
  /** A null state means that the resource is deleted. A state with an error means that it still exists, in this state. */
  delete(request: DeleteRequest): Promise<StateResult>;
  /** Returns the first state for `terraform import`. Terraform then refreshes it. */
  importState?(id: string): Promise<StateResult>;
  /** Absent if the type has no identity. */
  readonly identity?: Identity;
  /** Returns the state for a `moved` block from another type; null if the resource does not know that type. */
  moveState?(request: MoveRequest): Promise<StateResult | null>;
}

export interface DataSource {
  readonly schema: Schema;
  validate?(config: ValueObject): readonly Issue[];
  read(config: ValueObject): Promise<StateResult>;
}

/** What `terraform query` finds of a resource type that has an identity: Terraform 1.14 and later. */
export interface List {
  readonly schema: Schema;
  validate?(config: ValueObject): readonly Issue[];
  /** Reports each resource to `request.found`; resolves with the problems. */
  list(config: ValueObject, request: ListRequest): Promise<readonly Diagnostic[]>;
}

export interface ListRequest {
  /** Whether Terraform also wants the states. */
  readonly withState: boolean;
  /** The most resources to report. */
  readonly limit: number;
  /** Aborted when Terraform wants no more resources. */
  readonly signal: AbortSignal;
  found(resource: FoundResource): void;
}

export interface FoundResource {
  readonly identity: ValueObject;
  /** A name for people. */
  readonly displayName: string;
  readonly state?: ValueObject;
  /** Warnings about this resource. */
  readonly diagnostics?: readonly Diagnostic[];
}

/** An action, which leaves nothing in the state: Terraform 1.14 and later. */
export interface Action {
  readonly schema: Schema;
  validate?(config: ValueObject): readonly Issue[];
  /** Checks a configuration of which parts may be unknown. Changes nothing. */
  plan?(config: ValueObject): Promise<readonly Diagnostic[]>;
  /**
   * Runs the action; resolves with the problems when it has ended.
   *
   * @param progress shows the user a line about the progress
   */
  invoke(config: ValueObject, progress: (message: string) => void): Promise<readonly Diagnostic[]>;
}

/** Writes a line to Terraform's log (shown under TF_LOG). */
export interface Logger {
  log(level: "trace" | "debug" | "info" | "warn" | "error", message: string, fields?: { readonly [key: string]: unknown }): void;
}
