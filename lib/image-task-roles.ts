import { TerraformProvider, Token } from "cdktf";
import { Construct } from "constructs";
import type { Issue } from "./contract/values";
import { RamPolicy } from "./imports/alicloud/ram-policy";
import { RamRole } from "./imports/alicloud/ram-role";
import { RamRolePolicyAttachment } from "./imports/alicloud/ram-role-policy-attachment";
import { ensureAlicloudProvider } from "./private/alicloud-provider";
import { checkShape } from "./private/check-props";
import { ImageTaskValidationError } from "./private/errors";
import { jsonText } from "./private/json-text";
import type { PropShape } from "./private/prop-shape";
import { isMarked, mark } from "./private/mark";
import { ownScope } from "./private/own-scope";

/** The names under which ECS looks for its roles. */
export const IMAGE_IMPORT_ROLE = "AliyunECSImageImportDefaultRole";
export const IMAGE_EXPORT_ROLE = "AliyunECSImageExportDefaultRole";

/** How far the roles' rights go. */
export interface ImageTaskRolesProps {
  /**
   * The buckets that ECS may import from; an empty list makes no role for imports.
   *
   * @default - every bucket of the account, by Alibaba Cloud's own policy AliyunECSImageImportRolePolicy
   */
  readonly importBuckets?: string[];
  /**
   * The buckets that ECS may export to; an empty list makes no role for exports.
   *
   * @default - every bucket of the account, by Alibaba Cloud's own policy AliyunECSImageExportRolePolicy
   */
  readonly exportBuckets?: string[];
  /**
   * The alicloud provider, 1.252.0 or later.
   *
   * @default - the stack's own; the construct makes one for a stack that has none
   */
  readonly provider?: TerraformProvider;
}

const KIND = "ImageTaskRoles";
const SHAPE: PropShape = {
  values: { importBuckets: ["list", "string"], exportBuckets: ["list", "string"] },
  objects: {},
  others: ["provider"],
};

/** A role, and what gives it its rights. */
export interface ImageTaskRole {
  /** The role's name, for the `roleName` of an import or export. */
  readonly roleName: string;
  readonly role: RamRole;
  /** For the `dependsOn` of an import or export in the same stack, so that it starts when the role has its rights. */
  readonly attachment: RamRolePolicyAttachment;
}

const READ = ["oss:GetObject", "oss:GetBucketLocation", "oss:GetBucketInfo"];
const WRITE = [...READ, "oss:PutObject", "oss:DeleteObject", "oss:AbortMultipartUpload", "oss:ListMultipartUploads", "oss:ListParts"];

const ROLES = {
  Import: { roleName: IMAGE_IMPORT_ROLE, systemPolicy: "AliyunECSImageImportRolePolicy", actions: READ },
  Export: { roleName: IMAGE_EXPORT_ROLE, systemPolicy: "AliyunECSImageExportRolePolicy", actions: WRITE },
} as const;

/**
 * The two RAM roles by which ECS reads and writes OSS for you. An account needs each once, under the name that ECS looks
 * for, so make this construct in one stack per account; where the roles exist already, do without it or import them.
 */
export class ImageTaskRoles extends Construct {
  /** The role for imports with its rights; undefined when `importBuckets` is empty. */
  readonly import?: ImageTaskRole;
  /** The role for exports with its rights; undefined when `exportBuckets` is empty. */
  readonly export?: ImageTaskRole;

  constructor(
    scope: Construct,
    id: string,
    /** The props as they were given. */
    readonly props: ImageTaskRolesProps = {},
  ) {
    super(ownScope(scope), id);
    mark(this, KIND);
    checkShape(this, SHAPE, props);
    const open = (["importBuckets", "exportBuckets"] as const).filter((name) => Token.isUnresolved(props[name]));
    if (open.length > 0) throw new ImageTaskValidationError(this.node.path, open.map(listNotKnown));
    if (props.provider === undefined) ensureAlicloudProvider(this);
    this.import = this.makeRole("Import", props.importBuckets, props.provider);
    this.export = this.makeRole("Export", props.exportBuckets, props.provider);
  }

  /** Whether the value is an `ImageTaskRoles`, from whichever copy of this package. */
  static isImageTaskRoles(value: unknown): value is ImageTaskRoles {
    return isMarked(value, KIND);
  }

  private makeRole(
    kind: keyof typeof ROLES,
    buckets: readonly string[] | undefined,
    provider?: TerraformProvider,
  ): ImageTaskRole | undefined {
    if (buckets?.length === 0) return undefined;
    const { roleName, systemPolicy, actions } = ROLES[kind];
    const role = new RamRole(this, `${kind}Role`, {
      roleName,
      description: `Lets ECS ${kind.toLowerCase()} images.`,
      assumeRolePolicyDocument: JSON.stringify(
        policy([{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: ["ecs.aliyuncs.com"] } }]),
      ),
      provider,
    });
    const custom =
      buckets &&
      new RamPolicy(this, `${kind}Policy`, {
        policyName: `ImageTask${kind}RolePolicy`,
        description: `What ECS needs in OSS to ${kind.toLowerCase()} images.`,
        policyDocument: jsonText(
          policy([
            {
              Effect: "Allow",
              Action: actions,
              Resource: buckets.flatMap((bucket) => [`acs:oss:*:*:${bucket}`, `acs:oss:*:*:${bucket}/*`]),
            },
          ]),
        ),
        provider,
      });
    const attachment = new RamRolePolicyAttachment(this, `${kind}Attachment`, {
      roleName: role.id,
      policyName: custom ? custom.id : systemPolicy,
      policyType: custom ? "Custom" : "System",
      provider,
    });
    return { roleName, role, attachment };
  }
}

const listNotKnown = (name: string): Issue => ({
  path: [name],
  summary: "How many buckets is not known",
  detail: `\`${name}\` is a list that only Terraform knows, but the policy is written at synth. Write a list whose items are known or references, e.g. [variable.stringValue].`,
});

function policy(statements: readonly object[]): object {
  return { Version: "1", Statement: statements };
}
