import { EcsError } from "../errors";
import type {
  EcsGateway,
  ExportRequest,
  Image,
  ImageQuery,
  ImageRequest,
  Page,
  Snapshot,
  SnapshotQuery,
  StartedImport,
  Tags,
  Task,
  TaskDetails,
  TaskQuery,
} from "../task/gateway";
import { Clients } from "./clients";
import type { Connection } from "./connection";
import { toImage, toSnapshot, toTask, toTaskDetails } from "./convert";
import { CallDeadlines } from "./call-deadlines";
import { toStartRequest, toTags } from "./requests";
import type * as Sdk from "./sdk";
import { isId } from "./shapes";

type SdkModule = typeof Sdk;
type Client = InstanceType<SdkModule["EcsClient"]>;

/**
 * Without a status, ECS hides images that are being made or are broken. Each status is listed because ECS has known `ALL` only since
 * August 2026; a region that does not know it would list no image at all.
 */
const EVERY_STATUS = "Creating,Waiting,Available,UnAvailable,CreateFailed,Deprecated";

/** Calls ECS through its SDK. Each call is one attempt; the caller decides whether to retry. */
export class SdkGateway implements EcsGateway {
  private readonly deadlines = new CallDeadlines();
  private readonly clients: Clients;

  constructor(
    connection: Connection,
    private readonly load: () => Promise<SdkModule>,
    private readonly log: (message: string, fields: { readonly [key: string]: unknown }) => void,
  ) {
    this.clients = new Clients(connection);
  }

  /** Resolves when credentials are available; rejects with an `EcsError` that says what was tried. */
  async checkCredentials(): Promise<void> {
    await this.clients.checkCredentials(await this.load());
  }

  async importImage(region: string, { parameters, tags }: ImageRequest, token: string): Promise<StartedImport> {
    const body = await this.call("ImportImage", region, (client, sdk, runtime) =>
      client.importImageWithOptions(toStartRequest(sdk.ImportImageRequest, parameters, { region, token, tags }, sdk), runtime),
    );
    return { taskId: requireId("ImportImage", "TaskId", body.taskId), imageId: requireId("ImportImage", "ImageId", body.imageId) };
  }

  async exportImage(region: string, { parameters }: ExportRequest): Promise<{ taskId: string }> {
    const body = await this.call("ExportImage", region, (client, sdk, runtime) =>
      client.exportImageWithOptions(toStartRequest(sdk.ExportImageRequest, parameters, { region }, sdk), runtime),
    );
    return { taskId: requireId("ExportImage", "TaskId", body.taskId) };
  }

  async copyImage(region: string, { parameters, tags }: ImageRequest, token: string): Promise<{ imageId: string }> {
    const body = await this.call("CopyImage", region, (client, sdk, runtime) =>
      client.copyImageWithOptions(toStartRequest(sdk.CopyImageRequest, parameters, { region, token, tags }, sdk), runtime),
    );
    return { imageId: requireId("CopyImage", "ImageId", body.imageId) };
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
    // A task without an id belongs to no operation.
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

  tagImage(region: string, imageId: string, tags: Tags): Promise<void> {
    return this.tag(region, "image", [imageId], tags);
  }

  tagSnapshots(region: string, snapshotIds: readonly string[], tags: Tags): Promise<void> {
    return this.tag(region, "snapshot", snapshotIds, tags);
  }

  async describeRegions(region: string): Promise<readonly string[]> {
    const body = await this.call("DescribeRegions", region, (client, sdk, runtime) =>
      client.describeRegionsWithOptions(new sdk.DescribeRegionsRequest({}), runtime),
    );
    return (body.regions?.region ?? []).flatMap(({ regionId }) => (isId(regionId) ? [regionId] : []));
  }

  async describeSnapshots(region: string, { ids, tag }: SnapshotQuery): Promise<readonly Snapshot[]> {
    const body = await this.call("DescribeSnapshots", region, (client, sdk, runtime) =>
      client.describeSnapshotsWithOptions(
        new sdk.DescribeSnapshotsRequest({
          regionId: region,
          snapshotIds: ids && JSON.stringify(ids),
          tag: tag && [new sdk.DescribeSnapshotsRequestTag(tag)],
          pageSize: 100,
        }),
        runtime,
      ),
    );
    return (body.snapshots?.snapshot ?? []).map(toSnapshot);
  }

  async deleteSnapshot(region: string, snapshotId: string): Promise<void> {
    await this.call("DeleteSnapshot", region, (client, sdk, runtime) =>
      client.deleteSnapshotWithOptions(new sdk.DeleteSnapshotRequest({ snapshotId }), runtime),
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

  private async tag(region: string, resourceType: string, resourceId: readonly string[], tags: Tags): Promise<void> {
    await this.call("TagResources", region, (client, sdk, runtime) =>
      client.tagResourcesWithOptions(
        new sdk.TagResourcesRequest({
          regionId: region,
          resourceType,
          resourceId: [...resourceId],
          tag: toTags(tags, sdk.TagResourcesRequestTag),
        }),
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
    const client = await this.clients.of(region, action, sdk);
    const deadline = this.deadlines.of(action);
    const runtime = new sdk.RuntimeOptions({ readTimeout: deadline, autoretry: false });
    const begun = performance.now();
    const took = (): number => Math.round(performance.now() - begun);
    try {
      const response = await send(client, sdk, runtime);
      this.log(`${action} answered`, { region, ms: took() });
      this.deadlines.answered(action, took());
      // A 200 without any field of the action's answer, not even a RequestId, comes from something between the provider and
      // ECS, and says nothing about tasks or images.
      if (!response.body || Object.values(response.body).every((value) => value === undefined)) {
        throw Object.assign(new Error("the answer is empty"), { isEmpty: true });
      }
      this.clients.answered(client);
      return response.body;
    } catch (error) {
      const ecsError = await this.clients.explainFailure(action, client, error, sdk);
      this.log(`${action} failed`, {
        region,
        ms: took(),
        code: ecsError.code,
        status: ecsError.status,
        request_id: ecsError.requestId,
      });
      if (ecsError.code === "AnswerTimeout") this.deadlines.overdue(action, deadline);
      throw ecsError;
    }
  }
}

/** A start answered without ids may still have started something, so its answer counts as lost. */
function requireId(action: string, name: string, value: string | undefined): string {
  if (isId(value)) return value;
  throw new EcsError({
    kind: "unavailable",
    action,
    code: "NoUsableAnswer",
    message: value ? `the answer's ${name} is not an id` : `the answer has no ${name}`,
  });
}
