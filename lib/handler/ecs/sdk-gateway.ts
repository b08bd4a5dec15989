import type { Agent } from "node:http";
import { EcsError } from "../errors";
import type {
  CopyRequest,
  EcsGateway,
  ExportRequest,
  Image,
  ImageQuery,
  ImportRequest,
  Page,
  StartedImport,
  Tags,
  Task,
  TaskDetails,
  TaskQuery,
} from "../task/gateway";
import type { Connection } from "./connection";
import { toImage, toTask, toTaskDetails } from "./convert";
import { createCredential } from "./credentials";
import type { Called } from "./failures";
import { Patience } from "./patience";
import { Redactor } from "./redact";
import { speaksTls } from "./speaks-tls";
import type * as Sdk from "./sdk";
import { isId } from "./shapes";
import { toEcsError } from "./to-error";

type SdkModule = typeof Sdk;
type Client = InstanceType<SdkModule["EcsClient"]>;

/**
 * Without a status, images that are being made, or broken, are hidden. Each is named, as `ALL` is known since August 2026 only, and where it
 * isn't every image would seem gone.
 */
const EVERY_STATUS = "Creating,Waiting,Available,UnAvailable,CreateFailed,Deprecated";
const USER_AGENT = "cdktf-alicloud-image-tasks";

/** Speaks to ECS through its SDK. One attempt a call; retrying is the caller's decision. */
export class SdkGateway implements EcsGateway {
  private readonly redactor = new Redactor();
  private readonly patience = new Patience();
  private readonly clients = new Map<string, Client>();
  private readonly agents = new Map<string, Promise<Agent>>();
  /** The hosts that have answered as they should, in this process: what is strange later on is no wrong setting. */
  private readonly proven = new Set<string>();
  private hadCredentials = false;
  /** The proxies on the way to hosts. */
  private readonly proxies = new Map<string, string | undefined>();
  private credential: Promise<InstanceType<SdkModule["Credential"]>> | null = null;

  constructor(
    private readonly connection: Connection,
    private readonly load: () => Promise<SdkModule>,
    private readonly log: (message: string, fields: { readonly [key: string]: unknown }) => void,
  ) {
    const { credentials, proxies } = connection;
    for (const password of [proxies?.http, proxies?.https].map(passwordOf)) {
      this.redactor.add(password);
      this.redactor.add(password && decoded(password));
    }
    if (credentials.type === "static") {
      this.redactor.add(credentials.accessKeySecret);
      this.redactor.add(credentials.securityToken);
    }
  }

  /** Resolves when there are credentials; rejects with an `EcsError` that says what was tried. */
  async checkCredentials(): Promise<void> {
    try {
      await (await this.credentials(await this.load())).getCredential();
    } catch (error) {
      throw this.toError("Credentials", "the source of the credentials", error);
    }
  }

  async importImage(region: string, request: ImportRequest, token: string): Promise<StartedImport> {
    const { disks, features, tags, osType, ...rest } = request;
    const body = await this.call("ImportImage", region, (client, sdk, runtime) =>
      client.importImageWithOptions(
        new sdk.ImportImageRequest({
          ...rest,
          regionId: region,
          clientToken: token,
          OSType: osType,
          features: features && new sdk.ImportImageRequestFeatures(features),
          diskDeviceMapping: disks.map(
            (disk) =>
              new sdk.ImportImageRequestDiskDeviceMapping({
                OSSBucket: disk.ossBucket,
                OSSObject: disk.ossObject,
                format: disk.format,
                diskImageSize: disk.sizeGiB,
                device: disk.device,
              }),
          ),
          tag: toTags(tags, sdk.ImportImageRequestTag),
        }),
        runtime,
      ),
    );
    return { taskId: given("ImportImage", "TaskId", body.taskId), imageId: given("ImportImage", "ImageId", body.imageId) };
  }

  async exportImage(region: string, request: ExportRequest): Promise<{ taskId: string }> {
    const body = await this.call("ExportImage", region, (client, sdk, runtime) =>
      client.exportImageWithOptions(
        new sdk.ExportImageRequest({
          regionId: region,
          imageId: request.imageId,
          OSSBucket: request.ossBucket,
          OSSPrefix: request.ossPrefix,
          imageFormat: request.imageFormat,
          roleName: request.roleName,
        }),
        runtime,
      ),
    );
    return { taskId: given("ExportImage", "TaskId", body.taskId) };
  }

  async copyImage(sourceRegion: string, request: CopyRequest, token: string): Promise<{ imageId: string }> {
    const body = await this.call("CopyImage", sourceRegion, (client, sdk, runtime) =>
      client.copyImageWithOptions(
        new sdk.CopyImageRequest({
          regionId: sourceRegion,
          clientToken: token,
          imageId: request.imageId,
          destinationRegionId: request.region,
          destinationImageName: request.imageName,
          destinationDescription: request.description,
          encrypted: request.encrypted,
          KMSKeyId: request.kmsKeyId,
          resourceGroupId: request.resourceGroupId,
          tag: toTags(request.tags, sdk.CopyImageRequestTag),
        }),
        runtime,
      ),
    );
    return { imageId: given("CopyImage", "ImageId", body.imageId) };
  }

  async cancelTask(region: string, taskId: string): Promise<void> {
    await this.call("CancelTask", region, (client, sdk, runtime) =>
      client.cancelTaskWithOptions(new sdk.CancelTaskRequest({ regionId: region, taskId }), runtime),
    );
  }

  async cancelCopyImage(region: string, imageId: string): Promise<void> {
    await this.call("CancelCopyImage", region, (client, sdk, runtime) =>
      client.cancelCopyImageWithOptions(new sdk.CancelCopyImageRequest({ regionId: region, imageId }), runtime),
    );
  }

  async describeTasks(region: string, query: TaskQuery): Promise<Page<Task>> {
    const request = {
      regionId: region,
      taskIds: query.taskIds?.join(","),
      resourceIds: query.resourceIds && [...query.resourceIds],
      taskAction: query.action,
      taskStatus: query.status,
      startTime: query.startTime,
      endTime: query.endTime,
      pageNumber: query.page ?? 1,
      pageSize: query.pageSize ?? 100,
    };
    const body = await this.call("DescribeTasks", region, (client, sdk, runtime) =>
      client.describeTasksWithOptions(new sdk.DescribeTasksRequest(request), runtime),
    );
    // What has no id can be nobody's.
    const items = (body.taskSet?.task ?? []).map(toTask).filter(({ taskId }) => taskId !== "");
    return { items, total: body.totalCount ?? items.length };
  }

  async describeTaskAttribute(region: string, taskId: string): Promise<TaskDetails> {
    const request = { regionId: region, taskId };
    const body = await this.call("DescribeTaskAttribute", region, (client, sdk, runtime) =>
      client.describeTaskAttributeWithOptions(new sdk.DescribeTaskAttributeRequest(request), runtime),
    );
    return toTaskDetails(body);
  }

  async describeImages(region: string, query: ImageQuery): Promise<Page<Image>> {
    const body = await this.call("DescribeImages", region, (client, sdk, runtime) =>
      client.describeImagesWithOptions(
        new sdk.DescribeImagesRequest({
          regionId: region,
          imageId: query.imageId,
          imageName: query.imageName,
          status: EVERY_STATUS,
          imageOwnerAlias: "self",
          tag: query.tag && [new sdk.DescribeImagesRequestTag(query.tag)],
          pageNumber: query.page ?? 1,
          pageSize: query.pageSize ?? 100,
        }),
        runtime,
      ),
    );
    const items = (body.images?.image ?? []).map(toImage).filter(({ imageId }) => imageId !== "");
    return { items, total: body.totalCount ?? items.length };
  }

  async deleteImage(region: string, imageId: string): Promise<void> {
    await this.call("DeleteImage", region, (client, sdk, runtime) =>
      client.deleteImageWithOptions(new sdk.DeleteImageRequest({ regionId: region, imageId }), runtime),
    );
  }

  async modifyImage(region: string, imageId: string, change: { imageName?: string; description?: string }): Promise<void> {
    await this.call("ModifyImageAttribute", region, (client, sdk, runtime) =>
      client.modifyImageAttributeWithOptions(new sdk.ModifyImageAttributeRequest({ regionId: region, imageId, ...change }), runtime),
    );
  }

  async tagImage(region: string, imageId: string, tags: Tags): Promise<void> {
    await this.call("TagResources", region, (client, sdk, runtime) =>
      client.tagResourcesWithOptions(
        new sdk.TagResourcesRequest({
          regionId: region,
          resourceType: "image",
          resourceId: [imageId],
          tag: toTags(tags, sdk.TagResourcesRequestTag),
        }),
        runtime,
      ),
    );
  }

  async untagImage(region: string, imageId: string, keys: readonly string[]): Promise<void> {
    await this.call("UntagResources", region, (client, sdk, runtime) =>
      client.untagResourcesWithOptions(
        new sdk.UntagResourcesRequest({ regionId: region, resourceType: "image", resourceId: [imageId], tagKey: [...keys] }),
        runtime,
      ),
    );
  }

  private async call<B>(
    action: string,
    region: string,
    send: (client: Client, sdk: SdkModule, runtime: InstanceType<SdkModule["RuntimeOptions"]>) => Promise<{ body?: B }>,
  ): Promise<B> {
    const sdk = await this.load();
    const client = await this.client(region, sdk).catch((error: unknown) => {
      throw this.toError(action, this.connection.ecsEndpoint ?? region, error);
    });
    const deadline = this.patience.of(action);
    const runtime = new sdk.RuntimeOptions({ readTimeout: deadline, autoretry: false });
    const begun = performance.now();
    const took = (): number => Math.round(performance.now() - begun);
    try {
      const response = await send(client, sdk, runtime);
      this.log(`${action} answered`, { region, ms: took() });
      this.patience.answered(action, took());
      // A 200 that holds nothing of what the action answers, not even a RequestId, comes from something in between, and says
      // nothing of tasks or images.
      if (!response.body || Object.values(response.body).every((value) => value === undefined)) {
        throw new EcsError({
          kind: "unavailable",
          action,
          code: "NoUsableAnswer",
          message: "the answer has neither a RequestId nor anything else that ECS would say; a proxy may have given it",
        });
      }
      this.proven.add(client._endpoint);
      this.hadCredentials = true;
      return response.body;
    } catch (error) {
      const ecsError = await this.explained(action, client._endpoint, error);
      this.log(`${action} failed`, {
        region,
        ms: took(),
        code: ecsError.code,
        status: ecsError.status,
        request_id: ecsError.requestId,
      });
      if (ecsError.code === "AnswerTimeout") this.patience.overdue(action, deadline);
      if (ecsError.requestId !== undefined && ecsError.action === action) this.proven.add(client._endpoint);
      if (ecsError.kind === "expired") this.forgetCredentials();
      throw ecsError;
    }
  }

  /** The next call takes them from their source again: a profile may have been renewed there meanwhile. */
  private forgetCredentials(): void {
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

  private credentials(sdk: SdkModule): Promise<InstanceType<SdkModule["Credential"]>> {
    const answered = (host: string): void => void this.proven.add(host);
    const deps = {
      sdk,
      redactor: this.redactor,
      agentFor: (url: URL) => this.agentFor(url, sdk),
      called: (host: string) => this.called(host),
      answered,
    };
    return (this.credential ??= createCredential(this.connection, deps).catch((error: unknown) => {
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

  /** A TLS server to which HTTP is spoken hangs up, or says so in words of its own: only asking it tells. */
  private async explained(action: string, endpoint: string, error: unknown): Promise<EcsError> {
    const known = this.toError(action, endpoint, error);
    const puzzling = known.kind === "unavailable" || known.code === "NotEcs";
    if (this.connection.protocol === "HTTPS" || !puzzling || this.proven.has(endpoint) || this.proxies.get(endpoint)) return known;
    return (await speaksTls(endpoint)) ? this.toError(action, endpoint, error, true) : known;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The password in a proxy's address. */
function passwordOf(address: string | undefined): string | undefined {
  const [, password] = /\/\/[^/@]*:([^/@]*)@/.exec(address ?? "") ?? [];
  return password;
}

/** A start without ids may well have started something, so its answer counts as lost. */
function given(action: string, name: string, value: string | undefined): string {
  if (isId(value)) return value;
  throw new EcsError({
    kind: "unavailable",
    action,
    code: "NoUsableAnswer",
    message: value ? `the answer's ${name} is no id` : `the answer has no ${name}`,
  });
}

function toTags<T>(tags: Tags, Tag: new (map: { key: string; value: string }) => T): T[] {
  return Object.entries(tags).map(([key, value]) => new Tag({ key, value }));
}
