import { TerraformDataSource, TerraformResource, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { COPY_TYPE, EXPORT_TYPE, IMPORT_TYPE, TASKS_TYPE } from "./contract/resources";
import { checkPolicy } from "./private/check-policy";
import { jsonText } from "./private/json-text";
import { grantsOf, type Use } from "./private/policy-grants";

/**
 * What a stack does: import, export or copy images, or read tasks; or what the command line does: `list`, or `reap`, whose
 * permissions `imagetask cancel` needs as well.
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
 * A RAM policy document. `JSON.stringify` makes of it what RAM takes; `Fn.jsonencode` does, where the account or a region is known
 * only to Terraform.
 *
 * @internal Only TypeScript has it: the other languages get the policy as JSON, from `ImageTaskPolicy`.
 */
export interface ImageTaskPolicyDocument {
  readonly Version: "1";
  readonly Statement: readonly ImageTaskPolicyStatement[];
}

/**
 * Whose images the rights are for: those that bear a tag, which whoever has the rights has to give each image that it starts
 * (`defaultTags` of the provider does). RAM knows no tags of tasks, and snapshots have none when ECS makes them: of these, rights are
 * for all of the account's, or for none. Reading is never limited.
 */
export interface ImageTaskTenant {
  /** The tag's key, e.g. `team`. */
  readonly tagKey: string;
  /** The tag's value, e.g. `web`. */
  readonly tagValue: string;
  /**
   * Grant `ecs:CancelTask`, so that imports and exports can be cancelled: those of all tenants. Without it, an import or export
   * that is interrupted, timed out or destroyed runs on, and the error says so, until somebody with the right ends it (`imagetask reap`).
   *
   * @default false
   */
  readonly cancelTasks?: boolean;
  /**
   * Grant `ecs:DeleteSnapshot`, so that the snapshots behind a deleted image go with it: for all snapshots of the account.
   * Without it, they stay and are billed, and a warning names them.
   *
   * @default false
   */
  readonly deleteSnapshots?: boolean;
}

/** How far the policy goes. */
export interface ImageTaskPolicyOptions {
  /**
   * The account's number.
   *
   * @default "*"
   */
  readonly accountId?: string;
  /**
   * The regions that images may be worked on in.
   *
   * @default - those that the constructs name; all, when one leaves its region to the provider
   */
  readonly regions?: string[];
  /**
   * Whose images they may be.
   *
   * @default - anybody's in the account
   */
  readonly tenant?: ImageTaskTenant;
}

/**
 * The rights that whoever deploys and destroys needs, and no more: of everything within a construct (an app, a stack, any
 * scope), or of the operations named.
 *
 * @throws ImageTaskValidationError if the scope holds nothing to grant, an operation does not exist, or an option is invalid
 */
export function imageTaskPolicy(
  scope: IConstruct | readonly ImageTaskOperation[],
  options: ImageTaskPolicyOptions = {},
): ImageTaskPolicyDocument {
  const uses = usesOf(scope);
  check(scope, uses, options);
  return documentOf(uses, options);
}

/** The same policy as JSON, in every language, and those of the parts that people and machines play. */
export class ImageTaskPolicy {
  /** The rights that everything within a construct needs: an app, a stack, any scope. */
  static ofScope(scope: IConstruct, options: ImageTaskPolicyOptions = {}): ImageTaskPolicy {
    return new ImageTaskPolicy(imageTaskPolicy(scope, options));
  }

  /** The rights that the operations need: `import`, `export`, `copy`, `tasks`, `list`, `reap`. */
  static ofOperations(operations: ImageTaskOperation[], options: ImageTaskPolicyOptions = {}): ImageTaskPolicy {
    return new ImageTaskPolicy(imageTaskPolicy(operations, options));
  }

  /** Of who looks and changes nothing: the data source, `imagetask list` and `watch`. */
  static forReader(options: ImageTaskPolicyOptions = {}): ImageTaskPolicy {
    return ImageTaskPolicy.ofOperations(["tasks", "list"], options);
  }

  /** Of who ends what nobody waits for: `imagetask reap` and `cancel`. */
  static forReaper(options: ImageTaskPolicyOptions = {}): ImageTaskPolicy {
    return ImageTaskPolicy.ofOperations(["reap"], options);
  }

  /** Of the CI that deploys and destroys a scope, and whose last step cancels what is left (`imagetask cancel`). */
  static forDeployer(scope: IConstruct, options: ImageTaskPolicyOptions = {}): ImageTaskPolicy {
    const uses = usesOf(scope);
    check(scope, uses, options);
    const regions = uses.some((use) => use.regions === null) ? null : uses.flatMap((use) => use.regions ?? []);
    return new ImageTaskPolicy(documentOf([...uses, { operation: "reap", regions }], options));
  }

  /** The policy document as JSON, as RAM takes it. */
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

const OPERATIONS: { readonly [type: string]: ImageTaskOperation } = {
  [IMPORT_TYPE]: "import",
  [EXPORT_TYPE]: "export",
  [COPY_TYPE]: "copy",
  [TASKS_TYPE]: "tasks",
};

function usesWithin(scope: IConstruct): Use[] {
  return scope.node.findAll().flatMap((node) => {
    if (!TerraformResource.isTerraformResource(node) && !TerraformDataSource.isTerraformDataSource(node)) return [];
    const { terraformResourceType, regionInput, sourceRegionInput } = node as {
      readonly terraformResourceType: string;
      readonly regionInput?: string;
      readonly sourceRegionInput?: string;
    };
    const operation = OPERATIONS[terraformResourceType];
    if (operation === undefined) return [];
    const regions = operation === "copy" ? [regionInput, sourceRegionInput] : [regionInput];
    const known = regions.filter((region): region is string => region !== undefined && !Token.isUnresolved(region));
    return [{ operation, regions: known.length === regions.length ? known : null }];
  });
}

function regionsOf(uses: readonly Use[]): readonly string[] {
  if (uses.some(({ regions }) => regions === null)) return ["*"];
  return [...new Set(uses.flatMap(({ regions }) => regions ?? []))].sort();
}

function isList(value: IConstruct | readonly ImageTaskOperation[]): value is readonly ImageTaskOperation[] {
  return Array.isArray(value);
}
