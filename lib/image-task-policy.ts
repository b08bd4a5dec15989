import { TerraformDataSource, TerraformResource, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { COPY_TYPE, EXPORT_TYPE, IMPORT_TYPE, TASKS_TYPE } from "./contract/resources";
import { jsonText } from "./private/json-text";

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
}

/** Calls that RAM grants for the whole account alone: the provider itself compares a task with what it started before it cancels it. */
const ACCOUNT_ACTIONS: { readonly [operation in ImageTaskOperation]: readonly string[] } = {
  import: ["ecs:CancelTask", "ecs:DescribeTaskAttribute", "ecs:DescribeTasks"],
  export: ["ecs:CancelTask", "ecs:DescribeTaskAttribute", "ecs:DescribeTasks"],
  copy: [],
  tasks: ["ecs:DescribeTaskAttribute", "ecs:DescribeTasks"],
  list: ["ecs:DescribeRegions", "ecs:DescribeTaskAttribute", "ecs:DescribeTasks"],
  reap: ["ecs:CancelTask", "ecs:DescribeRegions", "ecs:DescribeTaskAttribute", "ecs:DescribeTasks"],
};

/** Calls that are granted for images. */
const IMAGE_ACTIONS: { readonly [operation in ImageTaskOperation]: readonly string[] } = {
  import: [
    "ecs:DeleteImage",
    "ecs:DescribeImages",
    "ecs:ImportImage",
    "ecs:ModifyImageAttribute",
    "ecs:TagResources",
    "ecs:UntagResources",
  ],
  export: ["ecs:DescribeImages", "ecs:ExportImage", "ecs:TagResources", "ecs:UntagResources"],
  copy: [
    "ecs:CancelCopyImage",
    "ecs:CopyImage",
    "ecs:DeleteImage",
    "ecs:DescribeImages",
    "ecs:ModifyImageAttribute",
    "ecs:TagResources",
    "ecs:UntagResources",
  ],
  tasks: ["ecs:DescribeImages"],
  list: ["ecs:DescribeImages"],
  reap: ["ecs:CancelCopyImage", "ecs:DeleteImage", "ecs:DescribeImages"],
};

/** Calls that are granted for snapshots: those behind an image go with it. */
const SNAPSHOT_ACTIONS: { readonly [operation in ImageTaskOperation]: readonly string[] } = {
  import: ["ecs:DeleteSnapshot", "ecs:DescribeSnapshots", "ecs:TagResources"],
  export: [],
  copy: ["ecs:DeleteSnapshot", "ecs:DescribeSnapshots", "ecs:TagResources"],
  tasks: [],
  list: [],
  reap: ["ecs:DeleteSnapshot", "ecs:DescribeSnapshots", "ecs:TagResources"],
};

/**
 * The rights that whoever deploys and destroys needs, and no more: of everything within a construct (an app, a stack, any
 * scope), or of the operations named.
 */
export function imageTaskPolicy(
  scope: IConstruct | readonly ImageTaskOperation[],
  options: ImageTaskPolicyOptions = {},
): ImageTaskPolicyDocument {
  const uses = isList(scope) ? scope.map((operation) => ({ operation, regions: null })) : usesWithin(scope);
  const statements: ImageTaskPolicyStatement[] = [];
  const account = sortedUnion(uses.map(({ operation }) => ACCOUNT_ACTIONS[operation]));
  if (account.length > 0) statements.push({ Effect: "Allow", Action: account, Resource: ["*"] });
  for (const [actions, kind] of [
    [IMAGE_ACTIONS, "image"],
    [SNAPSHOT_ACTIONS, "snapshot"],
  ] as const) {
    const granted = sortedUnion(uses.map(({ operation }) => actions[operation]));
    if (granted.length === 0) continue;
    const regions = options.regions ?? regionsOf(uses.filter(({ operation }) => actions[operation].length > 0));
    const resources = regions.map((region) => `acs:ecs:${region}:${options.accountId ?? "*"}:${kind}/*`);
    statements.push({ Effect: "Allow", Action: granted, Resource: resources });
  }
  return { Version: "1", Statement: statements };
}

/** The same policy as JSON, in every language. */
export class ImageTaskPolicy {
  /** The rights that everything within a construct needs: an app, a stack, any scope. */
  static ofScope(scope: IConstruct, options: ImageTaskPolicyOptions = {}): ImageTaskPolicy {
    return new ImageTaskPolicy(imageTaskPolicy(scope, options));
  }

  /** The rights that the operations need: `import`, `export`, `copy`, `tasks`, `list`, `reap`. */
  static ofOperations(operations: ImageTaskOperation[], options: ImageTaskPolicyOptions = {}): ImageTaskPolicy {
    return new ImageTaskPolicy(imageTaskPolicy(operations, options));
  }

  /** The policy document as JSON, as RAM takes it. */
  readonly json: string;

  private constructor(document: ImageTaskPolicyDocument) {
    this.json = jsonText(document);
  }
}

interface Use {
  readonly operation: ImageTaskOperation;
  /** Null: not known at synth. */
  readonly regions: readonly string[] | null;
}

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
  return sortedUnion(uses.map(({ regions }) => regions ?? []));
}

function sortedUnion(lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())].sort();
}

function isList(value: IConstruct | readonly ImageTaskOperation[]): value is readonly ImageTaskOperation[] {
  return Array.isArray(value);
}
