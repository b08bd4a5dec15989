import { TerraformDataSource, TerraformResource, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { COPY_TYPE, EXPORT_TYPE, IMPORT_TYPE, TASKS_TYPE } from "./contract/resources";
import { checkPolicy } from "./private/check-policy";
import { jsonText } from "./private/json-text";
import { grantsOf, type Use } from "./private/policy-grants";

/**
 * What needs permissions: a stack that imports, exports or copies images or reads tasks; or a command: `list`, or `reap`, which stands
 * for `imagetask cancel` as well.
 */
export type ImageTaskOperation = "import" | "export" | "copy" | "tasks" | "list" | "reap";

/**
 * A statement of a RAM policy.
 *
 * @internal Only TypeScript has it: the other languages get the policy as JSON, from `ImageTaskPolicy`.
 */
export interface ImageTaskPolicyStatement {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: { readonly StringEquals: { readonly [key: string]: string } };
}

/**
 * A RAM policy document. `JSON.stringify` turns it into the JSON that RAM takes. If only Terraform knows the account or a region, use
 * `Fn.jsonencode`.
 *
 * @internal Only TypeScript has it: the other languages get the policy as JSON, from `ImageTaskPolicy`.
 */
export interface ImageTaskPolicyDocument {
  readonly Version: "1";
  readonly Statement: readonly ImageTaskPolicyStatement[];
}

/**
 * Limits permissions to the images with a certain tag. Whoever has the permissions must give this tag to each image that they create; the
 * provider's `defaultTags` does so. RAM cannot tell tasks apart by tags, and new snapshots have none: permissions on tasks and snapshots
 * cover the whole account, or are not granted. Reading is never limited.
 */
export interface ImageTaskTenant {
  /** The tag's key, e.g. `team`. */
  readonly tagKey: string;
  /** The tag's value, e.g. `web`. */
  readonly tagValue: string;
  /**
   * Whether to grant `ecs:CancelTask`, which cancels the imports and exports of all tenants. Without it, an import or export that is
   * interrupted, times out or is destroyed keeps running until somebody with the permission ends it (`imagetask reap`); the error says so.
   *
   * @default false
   */
  readonly cancelTasks?: boolean;
  /**
   * Whether to grant `ecs:DeleteSnapshot`, so that a deleted image's snapshots are deleted with it. The permission covers all snapshots
   * of the account. Without it, the snapshots stay and are billed, and a warning names them.
   *
   * @default false
   */
  readonly deleteSnapshots?: boolean;
}

/** The limits of a policy. */
export interface ImageTaskPolicyOptions {
  /**
   * The id of the Alibaba Cloud account.
   *
   * @default "*"
   */
  readonly accountId?: string;
  /**
   * The regions whose images the policy covers.
   *
   * @default - the regions that the constructs set; all regions, if a construct leaves its region to the provider
   */
  readonly regions?: string[];
  /**
   * The tenant whose images the policy covers.
   *
   * @default - all images of the account
   */
  readonly tenant?: ImageTaskTenant;
}

/**
 * The permissions that deploying and destroying need, and no more: for everything within an app, a stack or any other scope, or for the
 * operations named.
 *
 * @throws ImageTaskValidationError if the scope contains nothing that needs permissions, an operation does not exist, or an option is invalid
 */
export function imageTaskPolicy(
  scope: IConstruct | readonly ImageTaskOperation[],
  options: ImageTaskPolicyOptions = {},
): ImageTaskPolicyDocument {
  const uses = usesOf(scope);
  check(scope, uses, options);
  return documentOf(uses, options);
}

/** A RAM policy as JSON, for every language: of a scope, of operations, or of a reader, a reaper or a deployer. */
export class ImageTaskPolicy {
  /** The permissions for everything within an app, a stack or any other scope. */
  static ofScope(scope: IConstruct, options: ImageTaskPolicyOptions = {}): ImageTaskPolicy {
    return new ImageTaskPolicy(imageTaskPolicy(scope, options));
  }

  /** The permissions for operations: `import`, `export`, `copy`, `tasks`, `list`, `reap`. */
  static ofOperations(operations: ImageTaskOperation[], options: ImageTaskPolicyOptions = {}): ImageTaskPolicy {
    return new ImageTaskPolicy(imageTaskPolicy(operations, options));
  }

  /** The permissions to look and change nothing: for the data source, `imagetask list` and `imagetask watch`. */
  static forReader(options: ImageTaskPolicyOptions = {}): ImageTaskPolicy {
    return ImageTaskPolicy.ofOperations(["tasks", "list"], options);
  }

  /** The permissions to end abandoned operations: for `imagetask reap` and `imagetask cancel`. */
  static forReaper(options: ImageTaskPolicyOptions = {}): ImageTaskPolicy {
    return ImageTaskPolicy.ofOperations(["reap"], options);
  }

  /** The permissions of a CI job that deploys and destroys a scope, and finally cancels what is left (`imagetask cancel`). */
  static forDeployer(scope: IConstruct, options: ImageTaskPolicyOptions = {}): ImageTaskPolicy {
    const uses = usesOf(scope);
    check(scope, uses, options);
    const regions = uses.some((use) => use.regions === null) ? null : uses.flatMap((use) => use.regions ?? []);
    return new ImageTaskPolicy(documentOf([...uses, { operation: "reap", regions }], options));
  }

  /** The policy document as the JSON that RAM takes. */
  readonly json: string;

  private constructor(document: ImageTaskPolicyDocument) {
    this.json = jsonText(document);
  }
}

function documentOf(uses: readonly Use[], { accountId = "*", regions, tenant }: ImageTaskPolicyOptions): ImageTaskPolicyDocument {
  const statements = grantsOf(uses, tenant).map(({ actions, kind, uses: using, condition }): ImageTaskPolicyStatement => {
    const where = regions ?? regionsOf(using);
    return {
      Effect: "Allow",
      Action: actions,
      Resource: kind === null ? ["*"] : where.map((region) => `acs:ecs:${region}:${accountId}:${kind}/*`),
      ...(condition !== null && { Condition: { StringEquals: condition } }),
    };
  });
  return { Version: "1", Statement: statements };
}

function check(scope: IConstruct | readonly ImageTaskOperation[], uses: readonly Use[], { regions, tenant }: ImageTaskPolicyOptions): void {
  const operations = uses.map(({ operation }) => operation);
  checkPolicy({ operations, allowed: ALLOWED, scope: isList(scope) ? null : scope, regions, tenant });
}

const ALLOWED: readonly ImageTaskOperation[] = ["import", "export", "copy", "tasks", "list", "reap"];

const usesOf = (scope: IConstruct | readonly ImageTaskOperation[]): Use[] =>
  isList(scope) ? scope.map((operation) => ({ operation, regions: null })) : usesWithin(scope);

/** The operation of each type, and the properties of its L1 resource that hold regions. */
const OPERATIONS: { readonly [type: string]: { readonly operation: ImageTaskOperation; readonly inputs: readonly string[] } } = {
  [IMPORT_TYPE]: { operation: "import", inputs: ["regionInput"] },
  [EXPORT_TYPE]: { operation: "export", inputs: ["regionInput"] },
  [COPY_TYPE]: { operation: "copy", inputs: ["regionInput", "sourceRegionInput"] },
  [TASKS_TYPE]: { operation: "tasks", inputs: ["regionInput"] },
};

function usesWithin(scope: IConstruct): Use[] {
  return scope.node.findAll().flatMap((node) => {
    if (!TerraformResource.isTerraformResource(node) && !TerraformDataSource.isTerraformDataSource(node)) return [];
    const found = OPERATIONS[node.terraformResourceType];
    if (found === undefined) return [];
    const regions = found.inputs.map((name): unknown => Reflect.get(node, name));
    const known = regions.filter((region): region is string => typeof region === "string" && !Token.isUnresolved(region));
    return [{ operation: found.operation, regions: known.length === regions.length ? known : null }];
  });
}

function regionsOf(uses: readonly Use[]): readonly string[] {
  if (uses.some(({ regions }) => regions === null)) return ["*"];
  return [...new Set(uses.flatMap(({ regions }) => regions ?? []))].sort();
}

function isList(value: IConstruct | readonly ImageTaskOperation[]): value is readonly ImageTaskOperation[] {
  return Array.isArray(value);
}
