/** A RAM role that the provider assumes with its credentials. */
export interface ImageTaskAssumeRole {
  /**
   * The role's ARN, `acs:ram::ACCOUNT_ID:role/NAME`.
   *
   * @default - ALICLOUD_ASSUME_ROLE_ARN or ALIBABA_CLOUD_ROLE_ARN of the environment that Terraform runs in
   */
  readonly roleArn?: string;
  /**
   * The session's name, as audit logs show it.
   *
   * @default - ALICLOUD_ASSUME_ROLE_SESSION_NAME or ALIBABA_CLOUD_ROLE_SESSION_NAME, otherwise `terraform`
   */
  readonly sessionName?: string;
  /**
   * A policy as JSON that further restricts the session's permissions.
   *
   * @default - the role's permissions
   */
  readonly policy?: string;
  /**
   * The session's duration in seconds, 900 to 43200.
   *
   * @default 3600
   */
  readonly sessionExpiration?: number;
  /**
   * The external id that the role's trust policy requires.
   *
   * @default - none
   */
  readonly externalId?: string;
}

/** A RAM role that the provider assumes with an OIDC token, such as those of CI systems and Kubernetes. */
export interface ImageTaskAssumeRoleWithOidc {
  /**
   * The role's ARN, `acs:ram::ACCOUNT_ID:role/NAME`.
   *
   * @default - ALICLOUD_ROLE_ARN or ALIBABA_CLOUD_ROLE_ARN of the environment that Terraform runs in
   */
  readonly roleArn?: string;
  /**
   * The OIDC provider's ARN.
   *
   * @default - ALICLOUD_OIDC_PROVIDER_ARN or ALIBABA_CLOUD_OIDC_PROVIDER_ARN of the environment that Terraform runs in
   */
  readonly oidcProviderArn?: string;
  /**
   * The OIDC token. Synth writes it into the stack, so use a variable or `oidcTokenFile` instead.
   *
   * @default - read from `oidcTokenFile`, otherwise ALICLOUD_OIDC_TOKEN or ALIBABA_CLOUD_OIDC_TOKEN
   */
  readonly oidcToken?: string;
  /**
   * A file that contains the token.
   *
   * @default - ALICLOUD_OIDC_TOKEN_FILE or ALIBABA_CLOUD_OIDC_TOKEN_FILE
   */
  readonly oidcTokenFile?: string;
  /**
   * The session's name, as audit logs show it.
   *
   * @default "terraform"
   */
  readonly roleSessionName?: string;
  /**
   * A policy as JSON that further restricts the session's permissions.
   *
   * @default - the role's permissions
   */
  readonly policy?: string;
  /**
   * The session's duration in seconds, 900 to 43200.
   *
   * @default 3600
   */
  readonly sessionExpiration?: number;
}

/** Endpoints to use instead of Alibaba Cloud's public ones, such as those of a VPC or of the emulator. */
export interface ImageTaskEndpoints {
  /**
   * `host` or `host:port` of ECS, without a scheme, for calls to all regions. `{region}` is replaced by the region that is
   * called, as in `ecs-vpc.{region}.aliyuncs.com`; a copy calls two regions.
   *
   * @default - ECS_ENDPOINT, otherwise the region's own
   */
  readonly ecs?: string;
  /**
   * `host` or `host:port` of STS, without a scheme.
   *
   * @default - STS_ENDPOINT, otherwise the endpoint of the region ALIBABA_CLOUD_STS_REGION, otherwise `sts.aliyuncs.com`
   */
  readonly sts?: string;
}

/**
 * The props of the provider. Names and environment variables are those of the alicloud provider. For a prop that is not set,
 * the provider reads the environment that Terraform runs in, so credentials need not, and should not, be part of a stack.
 */
export interface ImageTaskProviderProps {
  /**
   * The region, such as `cn-hangzhou`.
   *
   * @default - ALICLOUD_REGION or ALIBABA_CLOUD_REGION
   */
  readonly region?: string;
  /**
   * The AccessKey id. Synth writes it into the stack, so prefer the environment.
   *
   * @default - ALICLOUD_ACCESS_KEY or ALIBABA_CLOUD_ACCESS_KEY_ID, otherwise the default credential chain
   */
  readonly accessKey?: string;
  /**
   * The AccessKey secret. Synth writes it into the stack, so prefer the environment.
   *
   * @default - ALICLOUD_SECRET_KEY or ALIBABA_CLOUD_ACCESS_KEY_SECRET, otherwise the default credential chain
   */
  readonly secretKey?: string;
  /**
   * The STS token of temporary keys. Synth writes it into the stack, so prefer the environment.
   *
   * @default - ALICLOUD_SECURITY_TOKEN or ALIBABA_CLOUD_SECURITY_TOKEN
   */
  readonly securityToken?: string;
  /**
   * The profile in the shared credentials file.
   *
   * @default - ALICLOUD_PROFILE or ALIBABA_CLOUD_PROFILE
   */
  readonly profile?: string;
  /**
   * The aliyun CLI's configuration file.
   *
   * @default - ALICLOUD_SHARED_CREDENTIALS_FILE or ALIBABA_CLOUD_CREDENTIALS_FILE, otherwise `~/.aliyun/config.json`
   */
  readonly sharedCredentialsFile?: string;
  /**
   * The RAM role of the ECS instance that Terraform runs on.
   *
   * @default - ALICLOUD_ECS_ROLE_NAME or ALIBABA_CLOUD_ECS_METADATA
   */
  readonly ecsRoleName?: string;
  /**
   * A URL that returns temporary credentials.
   *
   * @default - ALICLOUD_CREDENTIALS_URI or ALIBABA_CLOUD_CREDENTIALS_URI
   */
  readonly credentialsUri?: string;
  /**
   * A RAM role to assume with the credentials above.
   *
   * @default - none
   */
  readonly assumeRole?: ImageTaskAssumeRole;
  /**
   * A RAM role to assume with an OIDC token.
   *
   * @default - none
   */
  readonly assumeRoleWithOidc?: ImageTaskAssumeRoleWithOidc;
  /**
   * The protocol of calls to Alibaba Cloud.
   *
   * @default - ALICLOUD_PROTOCOL or ALIBABA_CLOUD_PROTOCOL, otherwise `HTTPS`
   */
  readonly protocol?: "HTTPS" | "https" | "HTTP" | "http";
  /**
   * Endpoints to use instead of Alibaba Cloud's public ones.
   *
   * @default - the public endpoints
   */
  readonly endpoints?: ImageTaskEndpoints;
  /**
   * A fixed interval between polls of running tasks, such as `"5s"`.
   *
   * @default - adapts to the tasks' progress
   */
  readonly pollInterval?: string;
  /**
   * Tags for every image that an import or a copy creates. A construct's `tags` override them.
   *
   * @default - none
   */
  readonly defaultTags?: { [key: string]: string };
  /**
   * Guard rails as JSON, such as `JSON.stringify({ regions: ["cn-*"] })`, in the format of `ImageTaskGuardrailRules`. The provider neither
   * starts nor changes a resource that violates them. The guard rails in the file that IMAGETASK_POLICY names apply as well.
   *
   * @default - none
   */
  readonly policy?: string;
  /**
   * Where Terraform finds the provider. `"bundled"`: synth places it beside the stack, and the machine that runs Terraform needs Node.js.
   * `"registry"`: `terraform init` gets it from a registry or a mirror, as an executable that needs no Node.js. The value applies to all
   * ImageTaskProviders of the stack.
   *
   * @default "bundled"
   */
  readonly distribution?: "bundled" | "registry";
  /**
   * The alias of another provider in the stack, for another region or account. Pass that provider to constructs as `provider`.
   *
   * @default - this is the stack's default provider
   */
  readonly alias?: string;
}
