/**
 * The alicloud resources that our constructs create, with only the arguments that they set, as the alicloud provider
 * documents them. L1 bindings need no more. `@cdktf/provider-alicloud` is not published.
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
      alicloud_fcv3_function: resource(
        "A function of Function Compute 3.0.",
        {
          id: computed("string", "The function's name."),
          function_arn: computed("string", "The function's ARN."),
          function_name: optional("string", "The function's name, unique in the region."),
          description: optional("string", "What the function is for."),
          runtime: required("string", "What runs the code, e.g. `nodejs20`."),
          handler: required("string", "The file and the function in it that is called, e.g. `index.handler`."),
          role: optional("string", "The ARN of the RAM role whose rights the code has."),
          cpu: optional("number", "vCPUs, in steps of 0.05."),
          memory_size: optional("number", "Memory in MB, in steps of 64."),
          disk_size: optional("number", "Disk in MB: 512 or 10240."),
          timeout: optional("number", "Seconds that a call may take."),
          internet_access: optional("bool", "Whether the code reaches public addresses."),
          environment_variables: optional(["map", "string"], "What the code finds in its environment."),
        },
        {
          code: one({ zip_file: optional("string", "The ZIP archive of the code, in Base64.") }),
          log_config: one({
            project: optional("string", "The project of Simple Log Service."),
            logstore: optional("string", "The Logstore that takes what the code prints."),
            log_begin_rule: optional("string", "How the first line of an entry is known: `None`, or `DefaultRegex`."),
          }),
        },
      ),
      alicloud_fcv3_trigger: resource("What calls a function.", {
        id: computed("string", "The names of function and trigger."),
        function_name: required("string", "The function's name."),
        trigger_name: optional("string", "The trigger's name, unique in the function."),
        trigger_type: required("string", "e.g. `timer`."),
        trigger_config: optional("string", "JSON, by the trigger's type: when a timer calls, and with which payload."),
        qualifier: required("string", "The version or alias of the function, e.g. `LATEST`."),
        description: optional("string", "What the trigger is for."),
      }),
      alicloud_log_project: resource("A project of Simple Log Service.", {
        id: computed("string", "The project's name."),
        project_name: optional("string", "The project's name, unique among all accounts in the region."),
        description: optional("string", "What the project is for."),
      }),
      alicloud_log_store: resource("A Logstore.", {
        id: computed("string", "The names of project and Logstore."),
        project_name: optional("string", "The project's name."),
        logstore_name: optional("string", "The Logstore's name, unique in the project."),
        retention_period: optional("number", "Days that entries are kept."),
      }),
      alicloud_log_store_index: resource(
        "What makes a Logstore's entries searchable.",
        {
          id: computed("string", "The names of project and Logstore."),
          project: required("string", "The project's name."),
          logstore: required("string", "The Logstore's name."),
        },
        {
          full_text: one({
            case_sensitive: optional("bool", "Whether upper and lower case differ."),
            token: optional("string", "The characters between words."),
          }),
        },
      ),
    },
    data_source_schemas: {
      alicloud_account: resource("The account that the provider works with.", {
        id: computed("string", "The account's number."),
      }),
    },
  },
};

/**
 * @param {string} description
 * @param {{ readonly [name: string]: object }} attributes
 * @param {{ readonly [name: string]: object }} [blocks]
 */
function resource(description, attributes, blocks) {
  return { version: 0, block: { description, description_kind: "markdown", attributes, block_types: blocks } };
}

/**
 * A block that may occur once.
 *
 * @param {{ readonly [name: string]: object }} attributes
 */
function one(attributes) {
  return { nesting_mode: "list", max_items: 1, block: { attributes } };
}

/** @typedef {"string" | "number" | "bool" | readonly ["map", "string"]} Type */

/**
 * @param {Type} type
 * @param {string} description
 */
function optional(type, description) {
  return { type, description, description_kind: "markdown", optional: true };
}

/**
 * @param {Type} type
 * @param {string} description
 */
function required(type, description) {
  return { type, description, description_kind: "markdown", required: true };
}

/**
 * @param {Type} type
 * @param {string} description
 */
function computed(type, description) {
  return { type, description, description_kind: "markdown", computed: true };
}
