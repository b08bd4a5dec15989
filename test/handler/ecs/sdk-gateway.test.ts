import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Connection } from "../../../lib/handler/ecs/connection";
import * as sdk from "../../../lib/handler/ecs/sdk";
import { SdkGateway } from "../../../lib/handler/ecs/sdk-gateway";
import { exportRequest, importRequest, REGION } from "../../support/handler/builders";

const SECRET = "the-secret-of-the-key";

describe("the gateway, over the real SDK", () => {
  let server: Server;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let asked: { action: string; params: { [name: string]: string } }[];
  let logged: string[];
  beforeAll(async () => {
    server = createServer((request, response) => {
      const url = new URL(request.url!, "http://ecs");
      asked.push({ action: String(request.headers["x-acs-action"]), params: Object.fromEntries(url.searchParams) });
      answer(request, response);
    });
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    asked = [];
    logged = [];
  });

  const gateway = (over: Partial<Connection> = {}): SdkGateway =>
    new SdkGateway(
      {
        protocol: "HTTP",
        ecsEndpoint: `127.0.0.1:${(server.address() as AddressInfo).port}`,
        credentials: { type: "static", accessKeyId: "the-id", accessKeySecret: SECRET },
        ...over,
      },
      async () => sdk,
      (message, fields) => logged.push(`${message} ${JSON.stringify(fields)}`),
    );
  const json = (body: object, status = 200, headers: { [name: string]: string } = {}): void => {
    answer = (_, response) =>
      void response
        .writeHead(status, { "content-type": "application/json;charset=utf-8", connection: "close", ...headers })
        .end(JSON.stringify(body));
  };
  const refuse = (code: string, status: number, message = "as in the table", headers = {}): void =>
    json({ RequestId: "R-1", Code: code, Message: message }, status, headers);

  test("ImportImage says all that it is told, and gives both ids", async () => {
    json({ RequestId: "R", TaskId: "t-1", ImageId: "m-1", RegionId: REGION });
    const request = importRequest({
      parameters: {
        ImageName: "web",
        Description: "d",
        OSType: "linux",
        BootMode: "UEFI",
        Features: { NvmeSupport: "supported", ImdsSupport: "v2" },
        DiskDeviceMapping: [
          { OSSBucket: "b", OSSObject: "o", Format: "QCOW2", DiskImageSize: 40 },
          { OSSBucket: "b", OSSObject: "p" },
        ],
      },
      tags: { a: "1" },
    });
    expect(await gateway().importImage(REGION, request, "token-1")).toEqual({ taskId: "t-1", imageId: "m-1" });
    expect(asked).toEqual([
      {
        action: "ImportImage",
        params: {
          RegionId: REGION,
          ClientToken: "token-1",
          ImageName: "web",
          Description: "d",
          OSType: "linux",
          BootMode: "UEFI",
          "Features.NvmeSupport": "supported",
          "Features.ImdsSupport": "v2",
          "DiskDeviceMapping.1.OSSBucket": "b",
          "DiskDeviceMapping.1.OSSObject": "o",
          "DiskDeviceMapping.1.Format": "QCOW2",
          "DiskDeviceMapping.1.DiskImageSize": "40",
          "DiskDeviceMapping.2.OSSBucket": "b",
          "DiskDeviceMapping.2.OSSObject": "p",
          "Tag.1.Key": "a",
          "Tag.1.Value": "1",
        },
      },
    ]);
  });

  test("ExportImage and CopyImage likewise", async () => {
    json({ RequestId: "R", TaskId: "t-1", RegionId: REGION });
    expect(await gateway().exportImage(REGION, exportRequest({ OSSPrefix: "p", ImageFormat: "vhd" }))).toEqual({ taskId: "t-1" });
    json({ RequestId: "R", ImageId: "m-2" });
    expect(
      await gateway().copyImage(
        "cn-beijing",
        {
          parameters: { ImageId: "m-1", DestinationRegionId: REGION, DestinationImageName: "web", Encrypted: true, KMSKeyId: "k" },
          tags: {},
        },
        "token-2",
      ),
    ).toEqual({ imageId: "m-2" });
    expect(asked.map(({ params }) => params)).toEqual([
      { RegionId: REGION, ImageId: expect.any(String) as string, OSSBucket: "out", OSSPrefix: "p", ImageFormat: "vhd" },
      {
        RegionId: "cn-beijing",
        ClientToken: "token-2",
        ImageId: "m-1",
        DestinationRegionId: REGION,
        DestinationImageName: "web",
        Encrypted: "true",
        KMSKeyId: "k",
      },
    ]);
  });

  test("a start whose answer has no id counts as lost", async () => {
    json({ RequestId: "R", ImageId: "m-1" });
    await expect(gateway().importImage(REGION, importRequest(), "t")).rejects.toMatchObject({
      kind: "unavailable",
      text: "the answer has no TaskId",
    });
  });

  test.each(["t-1:m-2", "t 1", "t-1\n", "t".repeat(129)])("a start whose answer has %j for an id counts as lost", async (id) => {
    json({ RequestId: "R", TaskId: id, ImageId: "m-1" });
    await expect(gateway().importImage(REGION, importRequest(), "t")).rejects.toMatchObject({
      kind: "unavailable",
      text: "the answer's TaskId is no id",
    });
  });

  test("an answer that holds nothing of ECS's is a proxy's, so it neither confirms a cancel nor shows that nothing is there", async () => {
    json({});
    const ecs = gateway();
    const nothing = expect.stringContaining("neither a RequestId") as string;
    for (const call of [() => ecs.cancelTask(REGION, "t-1"), () => ecs.deleteImage(REGION, "m-1")])
      await expect(call()).rejects.toMatchObject({ kind: "unavailable", code: "NoUsableAnswer", text: nothing });
    const reads = [() => ecs.describeTasks(REGION, { taskIds: ["t-1"] }), () => ecs.describeImages(REGION, { imageId: "m-1" })];
    // ECS has not answered there yet, so it is not there.
    for (const call of reads) await expect(call()).rejects.toMatchObject({ kind: "settings", code: "NotEcs", text: nothing });
  });

  test("cancels, deletes and changes name what they mean", async () => {
    json({ RequestId: "R" });
    const ecs = gateway();
    await ecs.cancelTask(REGION, "t-1");
    await ecs.cancelCopyImage(REGION, "m-1");
    await ecs.deleteImage(REGION, "m-1");
    await ecs.modifyImage(REGION, "m-1", { imageName: "n" });
    await ecs.tagImage(REGION, "m-1", { a: "1" });
    await ecs.untagImage(REGION, "m-1", ["a"]);
    expect(asked).toEqual([
      { action: "CancelTask", params: { RegionId: REGION, TaskId: "t-1" } },
      { action: "CancelCopyImage", params: { RegionId: REGION, ImageId: "m-1" } },
      { action: "DeleteImage", params: { RegionId: REGION, ImageId: "m-1" } },
      { action: "ModifyImageAttribute", params: { RegionId: REGION, ImageId: "m-1", ImageName: "n" } },
      {
        action: "TagResources",
        params: { RegionId: REGION, ResourceType: "image", "ResourceId.1": "m-1", "Tag.1.Key": "a", "Tag.1.Value": "1" },
      },
      { action: "UntagResources", params: { RegionId: REGION, ResourceType: "image", "ResourceId.1": "m-1", "TagKey.1": "a" } },
    ]);
  });

  test("tasks are asked for by ids, resources and kind, and images whatever their status", async () => {
    json({
      RequestId: "R",
      TotalCount: 7,
      TaskSet: { Task: [{ TaskId: "t-1", TaskAction: "ImportImage", TaskStatus: "Processing", SupportCancel: true, ResourceId: "m-1" }] },
    });
    expect(await gateway().describeTasks(REGION, { taskIds: ["t-1", "t-2"], resourceIds: ["m-1"], action: "ImportImage" })).toMatchObject({
      total: 7,
      items: [{ taskId: "t-1", status: "Processing", supportCancel: true, resourceId: "m-1" }],
    });
    json({
      RequestId: "R",
      TotalCount: 1,
      Images: { Image: [{ ImageId: "m-1", Status: "Creating", Tags: { Tag: [{ TagKey: "k", TagValue: "v" }] } }] },
    });
    expect(await gateway().describeImages(REGION, { tag: { key: "k" }, page: 2 })).toMatchObject({
      total: 1,
      items: [{ imageId: "m-1", status: "Creating", tags: { k: "v" } }],
    });
    expect(asked.map(({ params }) => params)).toEqual([
      { RegionId: REGION, TaskIds: "t-1,t-2", "ResourceIds.1": "m-1", TaskAction: "ImportImage", PageNumber: "1", PageSize: "100" },
      {
        RegionId: REGION,
        Status: "Creating,Waiting,Available,UnAvailable,CreateFailed,Deprecated",
        ImageOwnerAlias: "self",
        "Tag.1.Key": "k",
        PageNumber: "2",
        PageSize: "100",
      },
    ]);
  });

  test("a single task tells its progress, and an empty answer is one about nothing", async () => {
    json({ RequestId: "R", TaskId: "t-1", TaskStatus: "Processing", TaskProcess: "42%" });
    expect(await gateway().describeTaskAttribute(REGION, "t-1")).toMatchObject({ taskId: "t-1", progress: 42 });
    json({ RequestId: "R" });
    expect((await gateway().describeTaskAttribute(REGION, "t-1")).taskId).toBe("");
    expect((await gateway().describeTasks(REGION, {})).items).toEqual([]);
    expect((await gateway().describeImages(REGION, {})).items).toEqual([]);
  });

  describe("contract row 9: CancelTask's error table, as it comes over the wire", () => {
    test.each([
      ["MissingParameter", 400, 'An input parameter "RegionId" that is mandatory for processing the request is not supplied.', "invalid"],
      ["MissingParameter", 400, 'An input parameter "TaskId" that is mandatory for processing the request is not supplied.', "invalid"],
      ["InvalidRegionId.NotFound", 400, "The specified RegionId does not exist.", "invalid"],
      ["InvalidTaskId.NotFound", 400, 'The specified "TaskId" is not found.', "not-found"],
      ["InvalidTaskId.TaskActionNotSupport", 403, "The specified task action not support.", "unsupported"],
      ["InvalidTaskId.IncorrectTaskStatus", 403, "The specified task status is invalid.", "wrong-state"],
      ["CancelTaskFailed", 403, "The task is failed to cancel, Please contact the administrator.", "cancel-failed"],
    ])("%s (%d): %s", async (code, status, message, kind) => {
      refuse(code, status, message);
      await expect(gateway().cancelTask(REGION, "t-1")).rejects.toMatchObject({
        kind,
        code,
        status,
        text: message,
        requestId: "R-1",
        action: "CancelTask",
      });
      expect(asked).toHaveLength(1);
    });
  });

  test("contract row 11: throttling is told with the wait that ECS asks for, and never retried in here", async () => {
    refuse("Throttling.User", 400, "Request was denied due to user flow control.", { "x-acs-retry-after": "2000" });
    await expect(gateway().describeTasks(REGION, {})).rejects.toMatchObject({ kind: "throttled", retryAfter: 2_000 });
    expect(asked).toHaveLength(1);
  });

  test.each([
    [
      "a proxy's page",
      (response: ServerResponse) => void response.writeHead(502, { "content-type": "text/html" }).end("<html>bad gateway</html>"),
    ],
    ["a connection that breaks off", (response: ServerResponse) => void response.socket?.destroy()],
    [
      "half an answer",
      (response: ServerResponse) =>
        void response.writeHead(200, { "content-type": "application/json", connection: "close" }).end('{"TaskId": "t-'),
    ],
  ])("%s leaves open what became of the call", async (_, respond) => {
    answer = (_request, response) => respond(response);
    await expect(gateway().importImage(REGION, importRequest(), "t")).rejects.toMatchObject({ kind: "unavailable" });
    expect(asked).toHaveLength(1);
  });

  test("a refusal in XML means what it says", async () => {
    answer = (_, response) =>
      void response
        .writeHead(400, { "content-type": "text/xml;charset=utf-8", connection: "close" })
        .end("<?xml version='1.0'?><Error><RequestId>R-1</RequestId><Code>Throttling</Code><Message>too many</Message></Error>");
    await expect(gateway().cancelTask(REGION, "t-1")).rejects.toMatchObject({ kind: "throttled", text: "too many", requestId: "R-1" });
  });

  test("an endpoint where nothing listens was not reached", async () => {
    await expect(gateway({ ecsEndpoint: "127.0.0.1:1" }).cancelTask(REGION, "t-1")).rejects.toMatchObject({
      kind: "unreachable",
      code: "ECONNREFUSED",
    });
  });

  describe("contract row 14: credentials", () => {
    test("are in no error, though ECS quotes what was signed, and in no log line", async () => {
      refuse("SignatureDoesNotMatch", 400, `server string to sign is: POST&${SECRET}&x`);
      const error = (await gateway()
        .cancelTask(REGION, "t-1")
        .catch((thrown: unknown) => thrown)) as Error;
      expect(error).toMatchObject({ kind: "credentials" });
      expect(error.message).toContain("POST&***&x");
      expect(logged.join()).not.toContain(SECRET);
      expect(logged.join()).toContain("SignatureDoesNotMatch");
    });

    test("a profile that is not there is told without a call", async () => {
      const ecs = gateway({ credentials: { type: "profile", file: "/no/such/file" } });
      await expect(ecs.cancelTask(REGION, "t-1")).rejects.toMatchObject({
        kind: "credentials",
        text: expect.stringContaining("/no/such/file cannot be read") as string,
      });
      await expect(ecs.checkCredentials()).rejects.toMatchObject({ kind: "credentials" });
      expect(asked).toEqual([]);
    });

    test("that are there are found so", async () => {
      await expect(gateway().checkCredentials()).resolves.toBeUndefined();
    });
  });
});
