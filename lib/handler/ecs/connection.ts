/** How to reach ECS and with which credentials, resolved from the provider block and the environment. Holds secrets: never log it. */
export interface Connection {
  readonly protocol: "HTTP" | "HTTPS";
  /** `host:port`, where `{region}` stands for the region that is called. Default: the region's own endpoint. */
  readonly ecsEndpoint?: string;
  readonly stsEndpoint?: string;
  readonly credentials: CredentialSource;
  readonly assumeRole?: AssumeRole;
  readonly proxies?: Proxies;
}

/** HTTP_PROXY, HTTPS_PROXY and NO_PROXY. */
export interface Proxies {
  readonly http?: ProxyVariable;
  readonly https?: ProxyVariable;
  readonly except?: string;
}

/** A variable of the environment, and the URL that it holds. The URL may contain a user name and a password. */
export interface ProxyVariable {
  readonly variable: string;
  readonly value: string;
}

export type CredentialSource =
  | { readonly type: "static"; readonly accessKeyId: string; readonly accessKeySecret: string; readonly securityToken?: string }
  /** A profile of the aliyun CLI's configuration file. */
  | { readonly type: "profile"; readonly file: string; readonly name?: string }
  | { readonly type: "ecs-role"; readonly roleName?: string }
  | OidcSource
  /** A URL that returns temporary credentials as JSON. */
  | { readonly type: "uri"; readonly uri: string }
  | { readonly type: "assume-role"; readonly base: CredentialSource; readonly role: AssumeRole }
  /** A command that prints credentials as JSON. */
  | { readonly type: "external"; readonly command: string }
  | {
      readonly type: "cloud-sso";
      readonly url: string;
      readonly account: string;
      readonly access: string;
      readonly token: string;
      readonly expires: number;
    }
  | { readonly type: "oauth"; readonly site: string; readonly token: string; readonly expires: number }
  /** The last resort: the CLI's current profile, then the SDKs' credentials file, then the instance's metadata. */
  | { readonly type: "chain"; readonly home: string; readonly credentialsFile?: string; readonly profile?: string };

export interface OidcSource {
  readonly type: "oidc";
  readonly roleArn: string;
  readonly providerArn: string;
  readonly tokenFile: string;
  readonly sessionName: string;
  readonly policy?: string;
  readonly sessionExpiration?: number;
  readonly sts?: StsPlace;
}

export interface AssumeRole {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly policy?: string;
  /** Seconds. */
  readonly sessionExpiration?: number;
  readonly externalId?: string;
  readonly sts?: StsPlace;
}

/** The STS that a profile uses. The provider's own `endpoints.sts` takes precedence. */
export interface StsPlace {
  readonly region?: string;
  readonly endpoint?: string;
  readonly vpc?: boolean;
}
