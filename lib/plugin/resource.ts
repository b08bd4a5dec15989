import type { IdentitySchema, Schema } from "../contract/schema";
import type { Issue, Path, ValueObject } from "../contract/values";

/**
 * A provider as the plugin sees it: schemas, and functions over plain values. The plugin's side knows no cloud; the provider's
 * side knows no gRPC, msgpack or protobuf.
 */
export interface Provider {
  readonly schema: Schema;
  readonly resources: { readonly [type: string]: Resource };
  readonly dataSources: { readonly [type: string]: DataSource };

  /** By the resource type that each lists. */
  readonly lists?: { readonly [type: string]: List };
  readonly actions?: { readonly [type: string]: Action };

  /** Plan-time check of the provider block. */
  validate(config: ValueObject): readonly Issue[];

  /** Called once, before any read, plan or apply. At plan, parts of the configuration may be unknown. */
  configure(config: ValueObject): Promise<readonly Diagnostic[]>;

  /** The user interrupted Terraform (StopProvider). Returns at once; RPCs under way end soon afterwards. */
  stop(): void;

  /**
   * Resolves when no work of this process is left. After `stop()`, and when Terraform is dead (`orphaned`), the operations of
   * this run are cancelled first. The process exits only afterwards.
   */
  drain(reason: "shutdown" | "orphaned"): Promise<void>;
}

export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  /** Puts Terraform's caret on the argument. */
  readonly path?: Path;
}

/** Opaque bytes that Terraform keeps with a resource instance and users never see. */
export type Private = Buffer;

/** May hold a new state and an error at once: Terraform then keeps the state, tainted. */
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
  /** The attributes whose change means replacement. */
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

/** By what Terraform tells two resources of a type apart, from 1.12 on. */
export interface Identity {
  readonly schema: IdentitySchema;
  /** The identity of the resource in this state; null while it is not known. */
  of(state: ValueObject): ValueObject | null;
  /** An `import` block that gives an identity: the first state. What it leaves out is null. */
  importState(identity: ValueObject): Promise<StateResult>;
}

/** A managed resource. Optional functions may be left out. */
export interface Resource {
  readonly schema: Schema;
  validate?(config: ValueObject): readonly Issue[];
  /** A null state means that the resource is gone. */
  read(request: ReadRequest): Promise<StateResult>;
  /** Not called when the resource will be destroyed. */
  plan(request: PlanRequest): Promise<PlanResult>;
  create(request: CreateRequest): Promise<StateResult>;
  update(request: UpdateRequest): Promise<StateResult>;
  /** A null state means deleted. A state with an error means that the resource still exists, in this state. */
  delete(request: DeleteRequest): Promise<StateResult>;
  /** `terraform import`: the first state, which Terraform then refreshes. */
  importState?(id: string): Promise<StateResult>;
  /** Left out: the type has no identity. */
  readonly identity?: Identity;
  /** `moved` from another type. Null when the resource does not know the source. */
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
  /** Tells of each resource; resolves with what went wrong. */
  list(config: ValueObject, request: ListRequest): Promise<readonly Diagnostic[]>;
}

export interface ListRequest {
  /** Whether the states are wanted, too. */
  readonly withState: boolean;
  /** No more than these. */
  readonly limit: number;
  /** Aborted when no more are wanted. */
  readonly signal: AbortSignal;
  found(resource: FoundResource): void;
}

export interface FoundResource {
  readonly identity: ValueObject;
  /** For people to read. */
  readonly displayName: string;
  readonly state?: ValueObject;
  /** Warnings about this one. */
  readonly diagnostics?: readonly Diagnostic[];
}

/** Something to do that leaves nothing in the state: Terraform 1.14 and later. */
export interface Action {
  readonly schema: Schema;
  validate?(config: ValueObject): readonly Issue[];
  /** Checks what can be checked while parts of the configuration may be unknown. Changes nothing. */
  plan?(config: ValueObject): Promise<readonly Diagnostic[]>;
  /**
   * Does it, and resolves with what went wrong when it is over.
   *
   * @param progress tells the user how it is going, a line each
   */
  invoke(config: ValueObject, progress: (message: string) => void): Promise<readonly Diagnostic[]>;
}

/** Writes a line to Terraform's log (shown under TF_LOG). */
export interface Logger {
  log(level: "trace" | "debug" | "info" | "warn" | "error", message: string, fields?: { readonly [key: string]: unknown }): void;
}
