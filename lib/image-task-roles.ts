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

/** The names of the roles that ECS assumes by default. */
export const IMAGE_IMPORT_ROLE = "AliyunECSImageImportDefaultRole";
export const IMAGE_EXPORT_ROLE = "AliyunECSImageExportDefaultRole";

/** The buckets that the roles may access. */
export interface ImageTaskRolesProps {
  /**
   * The buckets that ECS may import from. With an empty list, there is no role for imports.
   *
   * @default - all buckets of the account, with Alibaba Cloud's policy AliyunECSImageImportRolePolicy
   */
  readonly importBuckets?: string[];
  /**
   * The buckets that ECS may export to. With an empty list, there is no role for exports.
   *
   * @default - all buckets of the account, with Alibaba Cloud's policy AliyunECSImageExportRolePolicy
   */
  readonly exportBuckets?: string[];
  /**
   * The alicloud provider, 1.252.0 or later.
   *
   * @default - the stack's alicloud provider, which is created if the stack has none
   */
  readonly provider?: TerraformProvider;
}

const KIND = "ImageTaskRoles";
const SHAPE: PropShape = {
  values: { importBuckets: ["list", "string"], exportBuckets: ["list", "string"] },
  objects: {},
  others: ["provider"],
};

/** A role with its permissions. */
export interface ImageTaskRole {
  /** The role's name, for the `roleName` of an import or export. */
  readonly roleName: string;
  readonly role: RamRole;
  /** Put it into `dependsOn` of an import or export in the same stack, so that the operation starts only when the role has its permissions. */
  readonly attachment: RamRolePolicyAttachment;
}

const READ = ["oss:GetObject", "oss:GetBucketLocation", "oss:GetBucketInfo"];
const WRITE = [...READ, "oss:PutObject", "oss:DeleteObject", "oss:AbortMultipartUpload", "oss:ListMultipartUploads", "oss:ListParts"];

const ROLES = {
  Import: { roleName: IMAGE_IMPORT_ROLE, systemPolicy: "AliyunECSImageImportRolePolicy", actions: READ },
  Export: { roleName: IMAGE_EXPORT_ROLE, systemPolicy: "AliyunECSImageExportRolePolicy", actions: WRITE },
} as const;

/**
 * The two RAM roles that ECS assumes to read from and write to OSS. An account needs each of them once, so use this construct in one
 * stack per account. If the roles already exist, omit it or import them.
 */
export class ImageTaskRoles extends Construct {
  /** The role for imports; undefined if `importBuckets` is empty. */
  readonly import?: ImageTaskRole;
  /** The role for exports; undefined if `exportBuckets` is empty. */
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

  /** Whether the value is an `ImageTaskRoles`, from any copy of this package. */
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
        description: `Lets ECS access OSS to ${kind.toLowerCase()} images.`,
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
  summary: "Unknown number of buckets",
  detail: `Only Terraform knows the list \`${name}\`, but synth writes the policy and needs to know its length. Use a literal list; its items may be references, e.g. [variable.stringValue].`,
});

function policy(statements: readonly object[]): object {
  return { Version: "1", Statement: statements };
}
