import type { Schema } from "../contract/schema";
import type { Issue, Path, ValueObject } from "../contract/values";

/**
 * What a provider is to the plugin: schemas and functions over plain values. Nothing in here knows ECS, and nothing
 * behind it knows gRPC, msgpack or protobuf.
 */
export interface Provider {
  readonly schema: Schema;
  readonly resources: { readonly [type: string]: Resource };
  readonly dataSources: { readonly [type: string]: DataSource };

  /** Plan-time check of the provider block. */
  validate(config: ValueObject): readonly Issue[];

  /** Called once before any read, plan or apply; parts of the configuration may be unknown at plan. */
  configure(config: ValueObject): Promise<readonly Diagnostic[]>;

  /** The user asked to stop (StopProvider). Returns at once; RPCs under way end by themselves, soon. */
  stop(): void;

  /**
   * Resolves when nothing of this run is left to do: after `stop()`, or because Terraform is gone (`orphaned`), the
   * operations of this run are cancelled first. The process exits only afterwards.
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

/** A result that may hold a new state and an error at once: Terraform keeps the state, tainted. */
export interface StateResult {
  readonly state: ValueObject | null;
  readonly private?: Private;
  readonly diagnostics?: readonly Diagnostic[];
}

export interface PlanRequest {
  /** Null when the resource is to be created. */
  readonly prior: ValueObject | null;
  /** Configuration merged with prior computed values, as Terraform proposes it. */
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
  /** The source's state as Terraform stores it. */
  readonly sourceState: { readonly [name: string]: unknown };
}

/** A managed resource. Functions that a resource has no use for are left out. */
export interface Resource {
  readonly schema: Schema;
  validate?(config: ValueObject): readonly Issue[];
  /** Null state: the resource is gone. */
  read(request: ReadRequest): Promise<StateResult>;
  /** Not called when the resource is to be destroyed. */
  plan(request: PlanRequest): Promise<PlanResult>;
  create(request: CreateRequest): Promise<StateResult>;
  update(request: UpdateRequest): Promise<StateResult>;
  /** State null: deleted. A state with an error: still there, and true. */
  delete(request: DeleteRequest): Promise<StateResult>;
  /** `terraform import`: the state to begin with; Terraform reads it afterwards. */
  importState?(id: string): Promise<StateResult>;
  /** `moved` from another type: null when the source is none that this resource knows. */
  moveState?(request: MoveRequest): Promise<StateResult | null>;
}

export interface DataSource {
  readonly schema: Schema;
  validate?(config: ValueObject): readonly Issue[];
  read(config: ValueObject): Promise<StateResult>;
}

/** Writes a line to Terraform's log (shown under TF_LOG). */
export interface Logger {
  log(level: "trace" | "debug" | "info" | "warn" | "error", message: string, fields?: { readonly [key: string]: unknown }): void;
}
