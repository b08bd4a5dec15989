import type { Schema } from "./schema";

/** The provider's address in required_providers, lock files and plugin directories. */
export const PROVIDER_HOST = "registry.terraform.io";
export const PROVIDER_NAMESPACE = "alicloud-image-tasks";
export const PROVIDER_TYPE = "imagetask";
export const PROVIDER_SOURCE = `${PROVIDER_HOST}/${PROVIDER_NAMESPACE}/${PROVIDER_TYPE}`;

/** The tag that names the start resource that created an image; its value is the `start_key`. */
export const START_KEY_TAG = "imagetask:start_key";

/** The tag with the fingerprint of the request that created the image. */
export const REQUEST_TAG = "imagetask:request";

/** The tags that tell an operator who owns an image: its stack, the run that started it, and its deadline (RFC 3339). */
export const STACK_TAG = "imagetask:stack";
export const RUN_TAG = "imagetask:run";
export const EXPIRES_TAG = "imagetask:expires";

/** ECS cannot tag an export, so the exported image has this tag while the export runs: task id, deadline, run and stack in one value. */
export const EXPORT_TAG = "imagetask:export";

/** The tags of images that this provider created. All keys with this prefix are reserved for the provider. */
const OWN_TAGS: readonly string[] = [START_KEY_TAG, REQUEST_TAG, STACK_TAG, RUN_TAG, EXPIRES_TAG, EXPORT_TAG];
const OWN_TAG_PREFIX = "imagetask:";

/** True for a tag key that is reserved for this provider, in upper or lower case. */
export const isOwnTag = (key: string): boolean => key.toLowerCase().startsWith(OWN_TAG_PREFIX);

/** The most tags that ECS allows on an image. */
const IMAGE_TAGS = 20;

/** The number of tags that users can set. */
export const USER_TAGS = IMAGE_TAGS - OWN_TAGS.length;

/** The tag that the provider gives a snapshot before it deletes the image, so that it finds the snapshot again if only the image is deleted; its value is the image's id. */
export const SNAPSHOT_TAG = "imagetask:image";

const credentialNote = "Never stored in state or plan.";

/** The provider block; names and environment variables are those of the alicloud provider. */
export const PROVIDER_SCHEMA: Schema = {
  version: 0,
  block: {
    description:
      "Imports, exports and copies Alibaba Cloud ECS images, in operations that can be cancelled and taken over. For an argument that is not set, the provider reads the environment variables that its description names.",
    attributes: {
      region: {
        type: "string",
        optional: true,
        description: "The region, e.g. `cn-hangzhou`. Default: ALICLOUD_REGION or ALIBABA_CLOUD_REGION.",
      },
      access_key: {
        type: "string",
        optional: true,
        sensitive: true,
        description: `The AccessKey id. Default: ALICLOUD_ACCESS_KEY, ALIBABA_CLOUD_ACCESS_KEY_ID or ALIBABACLOUD_ACCESS_KEY_ID. ${credentialNote}`,
      },
      secret_key: {
        type: "string",
        optional: true,
        sensitive: true,
        description: `The AccessKey secret. Default: ALICLOUD_SECRET_KEY, ALIBABA_CLOUD_ACCESS_KEY_SECRET or ALIBABACLOUD_ACCESS_KEY_SECRET. ${credentialNote}`,
      },
      security_token: {
        type: "string",
        optional: true,
        sensitive: true,
        description: `The STS token of temporary keys. Default: ALICLOUD_SECURITY_TOKEN, ALIBABA_CLOUD_SECURITY_TOKEN or ALIBABACLOUD_SECURITY_TOKEN. ${credentialNote}`,
      },
      profile: {
        type: "string",
        optional: true,
        description: "The profile in the shared credentials file. Default: ALICLOUD_PROFILE or ALIBABA_CLOUD_PROFILE.",
      },
      shared_credentials_file: {
        type: "string",
        optional: true,
        description:
          "The aliyun CLI's configuration file. Default: ALICLOUD_SHARED_CREDENTIALS_FILE or ALIBABA_CLOUD_CREDENTIALS_FILE, otherwise `~/.aliyun/config.json`.",
      },
      ecs_role_name: {
        type: "string",
        optional: true,
        description:
          "The RAM role of the ECS instance that Terraform runs on. Default: ALICLOUD_ECS_ROLE_NAME or ALIBABA_CLOUD_ECS_METADATA.",
      },
      credentials_uri: {
        type: "string",
        optional: true,
        description: "A URL that returns temporary credentials. Default: ALICLOUD_CREDENTIALS_URI or ALIBABA_CLOUD_CREDENTIALS_URI.",
      },
      protocol: {
        type: "string",
        optional: true,
        description: "The protocol of calls, `HTTPS` or `HTTP`. Default: ALICLOUD_PROTOCOL or ALIBABA_CLOUD_PROTOCOL, otherwise `HTTPS`.",
      },
      poll_interval: {
        type: "string",
        optional: true,
        description: "A fixed interval between polls of running tasks, e.g. `5s`. Default: adapts to the tasks' progress.",
      },
      default_tags: {
        type: ["map", "string"],
        optional: true,
        description: "Tags for every image that an import or a copy creates. A resource's `tags` override them.",
      },
      policy: {
        type: "string",
        optional: true,
        description:
          'Guard rails as JSON, such as `{"regions": ["cn-*"]}`. The provider neither starts nor changes a resource that violates them. The guard rails in the file that IMAGETASK_POLICY names apply as well.',
      },
    },
    blocks: {
      assume_role: {
        nesting: "list",
        maxItems: 1,
        block: {
          description: "A RAM role to assume with the credentials above.",
          attributes: {
            role_arn: {
              type: "string",
              optional: true,
              description:
                "The role's ARN. Default: ALICLOUD_ASSUME_ROLE_ARN or ALIBABA_CLOUD_ROLE_ARN, which also apply without this block.",
            },
            session_name: {
              type: "string",
              optional: true,
              description:
                "The session's name. Default: ALICLOUD_ASSUME_ROLE_SESSION_NAME or ALIBABA_CLOUD_ROLE_SESSION_NAME, otherwise `terraform`.",
            },
            policy: { type: "string", optional: true, description: "A policy that further restricts the session's permissions." },
            session_expiration: {
              type: "number",
              optional: true,
              description:
                "The session's duration in seconds, 900 to 43200. Default: ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION, otherwise 3600.",
            },
            external_id: { type: "string", optional: true, description: "The external id that the role's trust policy requires." },
          },
        },
      },
      assume_role_with_oidc: {
        nesting: "list",
        maxItems: 1,
        block: {
          description: "A RAM role to assume with an OIDC token, such as those of CI systems and Kubernetes.",
          attributes: {
            oidc_provider_arn: {
              type: "string",
              optional: true,
              description: "The OIDC provider's ARN. Default: ALICLOUD_OIDC_PROVIDER_ARN or ALIBABA_CLOUD_OIDC_PROVIDER_ARN.",
            },
            oidc_token: {
              type: "string",
              optional: true,
              sensitive: true,
              description: "The OIDC token. Default: read from the token file, otherwise ALICLOUD_OIDC_TOKEN or ALIBABA_CLOUD_OIDC_TOKEN.",
            },
            oidc_token_file: {
              type: "string",
              optional: true,
              description: "A file that contains the token. Default: ALICLOUD_OIDC_TOKEN_FILE or ALIBABA_CLOUD_OIDC_TOKEN_FILE.",
            },
            role_arn: {
              type: "string",
              optional: true,
              description: "The role's ARN. Default: ALICLOUD_ROLE_ARN or ALIBABA_CLOUD_ROLE_ARN.",
            },
            role_session_name: {
              type: "string",
              optional: true,
              description:
                "The session's name. Default: ALICLOUD_ROLE_SESSION_NAME or ALIBABA_CLOUD_ROLE_SESSION_NAME, otherwise `terraform`.",
            },
            policy: { type: "string", optional: true, description: "A policy that further restricts the session's permissions." },
            session_expiration: {
              type: "number",
              optional: true,
              description: "The session's duration in seconds, 900 to 43200. Default: 3600.",
            },
          },
        },
      },
      endpoints: {
        nesting: "list",
        maxItems: 1,
        block: {
          description: "Endpoints to use instead of Alibaba Cloud's public ones, e.g. those of a VPC or the emulator.",
          attributes: {
            ecs: {
              type: "string",
              optional: true,
              description:
                "`host:port` of ECS, for calls to all regions. `{region}` is replaced by the region that is called, as in `ecs-vpc.{region}.aliyuncs.com`. Default: ECS_ENDPOINT, otherwise the region's own.",
            },
            sts: { type: "string", optional: true, description: "`host:port` of STS. Default: STS_ENDPOINT, otherwise the public one." },
          },
        },
      },
    },
  },
};
