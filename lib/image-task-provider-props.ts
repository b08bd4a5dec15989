/** Credentials of a RAM role that the provider assumes with the credentials it was given. */
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
   * @default - ALICLOUD_ASSUME_ROLE_SESSION_NAME or ALIBABA_CLOUD_ROLE_SESSION_NAME, else `terraform`
   */
  readonly sessionName?: string;
  /**
   * A policy that narrows the role's rights further, as JSON.
   *
   * @default - the role's own rights
   */
  readonly policy?: string;
  /**
   * Seconds that a session lasts, 900 to 43200.
   *
   * @default 3600
   */
  readonly sessionExpiration?: number;
  /**
   * The external id that the role's trust policy asks for.
   *
   * @default - none
   */
  readonly externalId?: string;
}

/** Credentials of a RAM role that the provider assumes with an OIDC token, as CI systems and Kubernetes pods give it. */
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
   * The OIDC token itself. It would stand in the synthesised stack: a variable or `oidcTokenFile` is better.
   *
   * @default - read from `oidcTokenFile`, else ALICLOUD_OIDC_TOKEN or ALIBABA_CLOUD_OIDC_TOKEN
   */
  readonly oidcToken?: string;
  /**
   * The file that holds the token.
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
   * A policy that narrows the role's rights further, as JSON.
   *
   * @default - the role's own rights
   */
  readonly policy?: string;
  /**
   * Seconds that a session lasts, 900 to 43200.
   *
   * @default 3600
   */
  readonly sessionExpiration?: number;
}

/** Other endpoints than Alibaba Cloud's, such as those of a VPC or of the emulator. */
export interface ImageTaskEndpoints {
  /**
   * `host` or `host:port` of ECS, without a scheme, for every region that is called. `{region}` in it stands for that region,
   * as in `ecs-vpc.{region}.aliyuncs.com`: a copy calls both of its regions.
   *
   * @default - ECS_ENDPOINT, else the region's own
   */
  readonly ecs?: string;
  /**
   * `host` or `host:port` of STS, without a scheme.
   *
   * @default - STS_ENDPOINT, else `sts.aliyuncs.com`, or the region's of ALIBABA_CLOUD_STS_REGION
   */
  readonly sts?: string;
}

/**
 * Arguments of the provider. Names and environment variables are those of the alicloud provider; what is not set here is
 * read where Terraform runs, so credentials need not, and should not, be part of a stack.
 */
export interface ImageTaskProviderProps {
  /**
   * The region, such as `cn-hangzhou`.
   *
   * @default - ALICLOUD_REGION or ALIBABA_CLOUD_REGION
   */
  readonly region?: string;
  /**
   * The AccessKey id. It would stand in the synthesised stack.
   *
   * @default - ALICLOUD_ACCESS_KEY or ALIBABA_CLOUD_ACCESS_KEY_ID, else the default credential chain
   */
  readonly accessKey?: string;
  /**
   * The AccessKey secret. It would stand in the synthesised stack.
   *
   * @default - ALICLOUD_SECRET_KEY or ALIBABA_CLOUD_ACCESS_KEY_SECRET, else the default credential chain
   */
  readonly secretKey?: string;
  /**
   * The STS token that goes with temporary keys. It would stand in the synthesised stack.
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
   * @default - ALICLOUD_SHARED_CREDENTIALS_FILE or ALIBABA_CLOUD_CREDENTIALS_FILE, else `~/.aliyun/config.json`
   */
  readonly sharedCredentialsFile?: string;
  /**
   * The RAM role of the ECS instance that Terraform runs on.
   *
   * @default - ALICLOUD_ECS_ROLE_NAME or ALIBABA_CLOUD_ECS_METADATA
   */
  readonly ecsRoleName?: string;
  /**
   * An address that answers with temporary credentials.
   *
   * @default - ALICLOUD_CREDENTIALS_URI or ALIBABA_CLOUD_CREDENTIALS_URI
   */
  readonly credentialsUri?: string;
  /**
   * Assume a RAM role with the credentials above.
   *
   * @default - none
   */
  readonly assumeRole?: ImageTaskAssumeRole;
  /**
   * Assume a RAM role with an OIDC token.
   *
   * @default - none
   */
  readonly assumeRoleWithOidc?: ImageTaskAssumeRoleWithOidc;
  /**
   * `HTTPS` or `HTTP`.
   *
   * @default "HTTPS"
   */
  readonly protocol?: string;
  /**
   * Other endpoints than Alibaba Cloud's.
   *
   * @default - Alibaba Cloud's
   */
  readonly endpoints?: ImageTaskEndpoints;
  /**
   * A fixed time between two looks at running tasks, such as `"5s"`.
   *
   * @default - grows from 2 to 15 seconds
   */
  readonly pollInterval?: string;
  /**
   * Tags for every image that an import or a copy makes; a resource's own `tags` win.
   *
   * @default - none
   */
  readonly defaultTags?: { [key: string]: string };
  /**
   * Guard rails as JSON, such as `JSON.stringify({ regions: ["cn-*"] })`, of the form of `ImageTaskGuardrailRules`: what breaks them is neither
   * started nor changed, whatever synth let pass. Those of the file that IMAGETASK_POLICY names hold beside them.
   *
   * @default - none
   */
  readonly policy?: string;
  /**
   * Names a second provider of a stack, for another region or account; hand it to constructs as their `provider`.
   *
   * @default - this is the stack's default provider
   */
  readonly alias?: string;
}
