import type { Agent } from "node:http";
import { EcsError } from "../errors";
import type { Connection } from "./connection";
import type { Called } from "./failures";
import { Redactor } from "./redact";
import type * as Sdk from "./sdk";
import { toEcsError } from "./to-error";

type SdkModule = typeof Sdk;
type Client = InstanceType<SdkModule["EcsClient"]>;
type Credential = Awaited<ReturnType<SdkModule["createCredential"]>>;

const USER_AGENT = "cdktf-alicloud-image-tasks";

/** The SDK's clients, one per region, with their credentials, their connections and what this process has learned about their hosts. */
export class Clients {
  private readonly redactor = new Redactor();
  private readonly clients = new Map<string, Client>();
  private readonly agents = new Map<string, Promise<Agent>>();
  /** The proxy through which each host is reached. */
  private readonly proxies = new Map<string, string | undefined>();
  /** The hosts that have answered correctly in this process. If one fails later, the settings are not to blame. */
  private readonly proven = new Set<string>();
  private hadCredentials = false;
  private credential: Promise<Credential> | null = null;

  constructor(private readonly connection: Connection) {
    const { credentials, proxies } = connection;
    for (const password of [proxies?.http?.value, proxies?.https?.value].map(passwordOf)) {
      this.redactor.add(password);
      this.redactor.add(password && decoded(password));
    }
    if (credentials.type === "static") {
      this.redactor.add(credentials.accessKeySecret);
      this.redactor.add(credentials.securityToken);
    }
  }

  async checkCredentials(sdk: SdkModule): Promise<void> {
    try {
      await (await this.credentials(sdk)).getCredential();
    } catch (error) {
      throw this.toError("Credentials", "the source of the credentials", error);
    }
  }

  /** The region's client. Rejects with an `EcsError` for the action that needs it. */
  of(region: string, action: string, sdk: SdkModule): Promise<Client> {
    return this.client(region, sdk).catch((error: unknown) => {
      throw this.toError(action, this.connection.ecsEndpoint ?? region, error);
    });
  }

  /** Call this when ECS has answered correctly. */
  answered(client: Client): void {
    this.proven.add(client._endpoint);
    this.hadCredentials = true;
  }

  /** Explains why a call failed. A TLS server that receives plain HTTP hangs up or answers with its own error; only a probe shows that. */
  async explainFailure(action: string, client: Client, error: unknown, sdk: SdkModule): Promise<EcsError> {
    const endpoint = client._endpoint;
    const known = this.toError(action, endpoint, error);
    if (known.requestId !== undefined && known.action === action) this.proven.add(endpoint);
    if (known.kind === "expired") this.forget();
    const puzzling = known.kind === "unavailable" || known.code === "NotEcs" || known.code === "NotHttp";
    if (this.connection.protocol === "HTTPS" || !puzzling || this.proven.has(endpoint) || this.proxies.get(endpoint)) return known;
    return (await sdk.speaksTls(endpoint)) ? this.toError(action, endpoint, error, true) : known;
  }

  /** Forgets the credentials, so that the next call fetches them again: the profile may have been renewed meanwhile. */
  private forget(): void {
    this.credential = null;
    this.clients.clear();
  }

  private async client(region: string, sdk: SdkModule): Promise<Client> {
    const known = this.clients.get(region);
    if (known) return known;
    const { protocol, ecsEndpoint } = this.connection;
    const credential = await this.credentials(sdk);
    const endpoint = ecsEndpoint?.replaceAll("{region}", region);
    const client = new sdk.EcsClient(
      new sdk.$OpenApiUtil.Config({ credential, regionId: region, endpoint, protocol, userAgent: USER_AGENT }),
    );
    client.agent = await this.agentFor(new URL(`${protocol.toLowerCase()}://${client._endpoint}`), sdk);
    this.clients.set(region, client);
    return client;
  }

  private agentFor(url: URL, sdk: SdkModule): Promise<Agent> {
    const known = this.agents.get(url.origin);
    if (known) return known;
    const proxies = this.connection.proxies ?? {};
    this.proxies.set(url.host, sdk.proxyFor(url, proxies)?.host);
    const agent = sdk.agentFor(url, proxies);
    this.agents.set(url.origin, agent);
    return agent;
  }

  private credentials(sdk: SdkModule): Promise<Credential> {
    const answered = (host: string): void => void this.proven.add(host);
    const deps = {
      redactor: this.redactor,
      agentFor: (url: URL) => this.agentFor(url, sdk),
      called: (host: string) => this.called(host),
      answered,
    };
    return (this.credential ??= sdk.createCredential(this.connection, deps).catch((error: unknown) => {
      this.credential = null;
      throw error;
    }));
  }

  private called(endpoint: string): Called {
    return { endpoint, proxy: this.proxies.get(endpoint), proven: this.proven.has(endpoint), hadCredentials: this.hadCredentials };
  }

  private toError(action: string, endpoint: string, error: unknown, speaksTls?: boolean): EcsError {
    return toEcsError(action, { ...this.called(endpoint), speaksTls }, error, (text) => this.redactor.clean(text));
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function passwordOf(address: string | undefined): string | undefined {
  const [, password] = /\/\/[^/@]*:([^/@]*)@/.exec(address ?? "") ?? [];
  return password;
}
