/** How to reach ECS and as whom: the provider block and the environment, resolved. Holds secrets: never log it. */
export interface Connection {
  readonly protocol: "HTTP" | "HTTPS";
  /** `host:port`; absent: the region's own endpoint. */
  readonly ecsEndpoint?: string;
  readonly stsEndpoint?: string;
  readonly credentials: CredentialSource;
  readonly assumeRole?: AssumeRole;
}

export type CredentialSource =
  | { readonly type: "static"; readonly accessKeyId: string; readonly accessKeySecret: string; readonly securityToken?: string }
  | { readonly type: "profile"; readonly file: string; readonly name?: string }
  | { readonly type: "ecs-role"; readonly roleName: string }
  | OidcSource
  /** The SDK's own chain: environment, OIDC, CLI profile, profile file, instance metadata, credentials URI. */
  | { readonly type: "chain" };

export interface OidcSource {
  readonly type: "oidc";
  readonly roleArn: string;
  readonly providerArn: string;
  readonly tokenFile: string;
  readonly sessionName: string;
  readonly policy?: string;
  readonly sessionExpiration?: number;
}

export interface AssumeRole {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly policy?: string;
  /** Seconds. */
  readonly sessionExpiration?: number;
  readonly externalId?: string;
}
