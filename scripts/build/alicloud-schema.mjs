/**
 * The few alicloud resources that our constructs create, with just the arguments they set, as the alicloud provider
 * documents them. Enough for L1 bindings: `@cdktf/provider-alicloud` is not published.
 */
export const ALICLOUD_SCHEMA = {
  "registry.terraform.io/aliyun/alicloud": {
    provider: {
      version: 0,
      block: { attributes: { region: optional("string", "The region that calls go to.") } },
    },
    resource_schemas: {
      alicloud_ram_role: resource("A RAM role.", {
        id: computed("string", "The role's name."),
        arn: computed("string", "The role's ARN."),
        role_name: optional("string", "The role's name, unique in the account."),
        assume_role_policy_document: optional("string", "JSON that says who may assume the role."),
        description: optional("string", "What the role is for."),
        force: optional("bool", "Detach every policy from the role when it is destroyed."),
      }),
      alicloud_ram_policy: resource("A custom RAM policy.", {
        id: computed("string", "The policy's name."),
        policy_name: optional("string", "The policy's name, unique in the account."),
        policy_document: optional("string", "The policy's JSON."),
        description: optional("string", "What the policy is for."),
        force: optional("bool", "Detach the policy from everything when it is destroyed."),
      }),
      alicloud_ram_role_policy_attachment: resource("Gives a RAM role the rights of a policy.", {
        id: computed("string", "Names the attachment."),
        role_name: required("string", "The role's name."),
        policy_name: required("string", "The policy's name."),
        policy_type: required("string", "`Custom` or `System`."),
      }),
    },
  },
};

/**
 * @param {string} description
 * @param {{ readonly [name: string]: object }} attributes
 */
function resource(description, attributes) {
  return { version: 0, block: { description, description_kind: "markdown", attributes } };
}

/**
 * @param {"string" | "bool"} type
 * @param {string} description
 */
function optional(type, description) {
  return { type, description, description_kind: "markdown", optional: true };
}

/**
 * @param {"string" | "bool"} type
 * @param {string} description
 */
function required(type, description) {
  return { type, description, description_kind: "markdown", required: true };
}

/**
 * @param {"string" | "bool"} type
 * @param {string} description
 */
function computed(type, description) {
  return { type, description, description_kind: "markdown", computed: true };
}
