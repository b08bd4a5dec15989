import type { ServerResponse } from "node:http";
import { importRequest, REGION } from "../../support/handler/builders";
import { ecsServer, SECRET } from "../../support/handler/ecs-server";

describe("errors of the gateway, over the real SDK", () => {
  const ecs = ecsServer();

  test("a start whose answer has no TaskId counts as unanswered", async () => {
    ecs.json({ RequestId: "R", ImageId: "m-1" });
    await expect(ecs.gateway().importImage(REGION, importRequest(), "t")).rejects.toMatchObject({
      kind: "unavailable",
      text: "the answer has no TaskId",
    });
  });

  test.each(["t-1:m-2", "t 1", "t-1\n", "t".repeat(129)])(
    "a start whose answer has the malformed TaskId %j counts as unanswered",
    async (id) => {
      ecs.json({ RequestId: "R", TaskId: id, ImageId: "m-1" });
      await expect(ecs.gateway().importImage(REGION, importRequest(), "t")).rejects.toMatchObject({
        kind: "unavailable",
        text: "the answer's TaskId is not an id",
      });
    },
  );

  test("an answer without ECS's fields neither confirms a cancel nor proves that nothing exists", async () => {
    ecs.json({});
    const gateway = ecs.gateway();
    const nothing = expect.stringContaining("neither a RequestId") as string;
    for (const call of [() => gateway.cancelTask(REGION, "t-1"), () => gateway.deleteImage(REGION, "m-1")])
      await expect(call()).rejects.toMatchObject({ kind: "unavailable", code: "NoUsableAnswer", text: nothing });
    const reads = [() => gateway.describeTasks(REGION, { taskIds: ["t-1"] }), () => gateway.describeImages(REGION, { imageId: "m-1" })];
    // ECS has never answered at this endpoint, so the endpoint is taken for another server.
    for (const call of reads) await expect(call()).rejects.toMatchObject({ kind: "settings", code: "NotEcs", text: nothing });
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
      ecs.refuse(code, status, message);
      await expect(ecs.gateway().cancelTask(REGION, "t-1")).rejects.toMatchObject({
        kind,
        code,
        status,
        text: message,
        requestId: "R-1",
        action: "CancelTask",
      });
      expect(ecs.asked).toHaveLength(1);
    });
  });

  test("contract row 11: a throttled call fails with the wait that ECS asks for, and the gateway does not retry it", async () => {
    ecs.refuse("Throttling.User", 400, "Request was denied due to user flow control.", { "x-acs-retry-after": "2000" });
    await expect(ecs.gateway().describeTasks(REGION, {})).rejects.toMatchObject({ kind: "throttled", retryAfter: 2_000 });
    expect(ecs.asked).toHaveLength(1);
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
  ])("after %s the outcome of the call is unknown, and the gateway does not retry it", async (_, respond) => {
    ecs.answer = (_request, response) => respond(response);
    await expect(ecs.gateway().importImage(REGION, importRequest(), "t")).rejects.toMatchObject({ kind: "unavailable" });
    expect(ecs.asked).toHaveLength(1);
  });

  test("a refusal in XML is understood", async () => {
    ecs.answer = (_, response) =>
      void response
        .writeHead(400, { "content-type": "text/xml;charset=utf-8", connection: "close" })
        .end("<?xml version='1.0'?><Error><RequestId>R-1</RequestId><Code>Throttling</Code><Message>too many</Message></Error>");
    await expect(ecs.gateway().cancelTask(REGION, "t-1")).rejects.toMatchObject({ kind: "throttled", text: "too many", requestId: "R-1" });
  });

  test("an endpoint where nothing listens is unreachable", async () => {
    await expect(ecs.gateway({ ecsEndpoint: "127.0.0.1:1" }).cancelTask(REGION, "t-1")).rejects.toMatchObject({
      kind: "unreachable",
      code: "ECONNREFUSED",
    });
  });

  describe("contract row 14: credentials", () => {
    test("are in no error, although ECS quotes what was signed, and in no log line", async () => {
      ecs.refuse("SignatureDoesNotMatch", 400, `server string to sign is: POST&${SECRET}&x`);
      const error = (await ecs
        .gateway()
        .cancelTask(REGION, "t-1")
        .catch((thrown: unknown) => thrown)) as Error;
      expect(error).toMatchObject({ kind: "credentials" });
      expect(error.message).toContain("POST&***&x");
      expect(ecs.logged.join()).not.toContain(SECRET);
      expect(ecs.logged.join()).toContain("SignatureDoesNotMatch");
    });

    test("are not found in a missing profile, and ECS is not called", async () => {
      const gateway = ecs.gateway({ credentials: { type: "profile", file: "/no/such/file" } });
      await expect(gateway.cancelTask(REGION, "t-1")).rejects.toMatchObject({
        kind: "credentials",
        text: expect.stringContaining("/no/such/file cannot be read") as string,
      });
      await expect(gateway.checkCredentials()).rejects.toMatchObject({ kind: "credentials" });
      expect(ecs.asked).toEqual([]);
    });

    test("are found where they exist", async () => {
      await expect(ecs.gateway().checkCredentials()).resolves.toBeUndefined();
    });
  });
});
