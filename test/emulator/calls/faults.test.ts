import { EmulatorError } from "../../../lib/emulator";
import { Faults } from "../../../lib/emulator/calls/faults";
import { REGION, importRequest, models, refusal, startImport, withEcs } from "../support/sdk";
import { callRpc } from "../support/signed";

const tasks = new models.DescribeTasksRequest({ regionId: REGION });

const raw = { action: "DescribeTasks", params: { RegionId: REGION }, format: "JSON" };

test("a fault strikes as often as it is told, and only what it is meant for", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.faults.add({ action: /^Describe/, times: 2, skip: 1, error: { status: 503, code: "ServiceUnavailable" } });
    expect(await refusal(client.importImage(importRequest()))).toBe("accepted");
    const answers = [];
    for (let index = 0; index < 4; index++) answers.push((await callRpc(ecs.url, raw)).status);
    expect(answers).toEqual([200, 503, 503, 200]);
    expect(ecs.faults.list()).toMatchObject([{ id: 1, struck: 2 }]);
  }));

test("a lost answer leaves the effect behind, a lost request doesn't", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.faults.add({ action: "ImportImage", times: 1, after: true, drop: true });
    ecs.faults.add({ action: "ImportImage", times: 1, drop: true });
    await expect(client.importImage(importRequest({ clientToken: "a" }))).rejects.toThrow();
    expect(ecs.tasks).toHaveLength(1);
    await expect(client.importImage(importRequest({ imageName: "other" }))).rejects.toThrow();
    expect(ecs.tasks).toHaveLength(1);
    expect(ecs.calls.map((call) => call.outcome)).toEqual([
      { status: 0, fault: "drop", effect: true },
      { status: 0, fault: "drop", effect: false },
    ]);
    const { taskId } = await startImport(client, { clientToken: "a" });
    expect(ecs.tasks.map((task) => task.id)).toEqual([taskId]);
  }));

test("a throttled answer carries x-acs-retry-after, which the SDK understands", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.faults.add({ times: 1, error: { code: "Throttling.User" }, retryAfter: 2_000 });
    await expect(client.describeTasks(tasks)).rejects.toMatchObject({ code: "Throttling.User", statusCode: 400, retryAfter: 2_000 });
  }));

test("conditions on region and parameters narrow a fault", () =>
  withEcs({}, async ({ ecs }) => {
    ecs.faults.add({
      action: ["DescribeTasks", "CancelTask"],
      region: "cn-*",
      params: { TaskIds: /^t-bad/ },
      error: { code: "InternalError", status: 500 },
    });
    const status = async (params: { [name: string]: string }) => (await callRpc(ecs.url, { ...raw, params })).status;
    expect(await status({ RegionId: REGION })).toBe(200);
    expect(await status({ RegionId: REGION, TaskIds: "t-good" })).toBe(200);
    expect(await status({ RegionId: "us-east-1", TaskIds: "t-bad1" })).toBe(200);
    expect(await status({ RegionId: REGION, TaskIds: "t-bad1" })).toBe(500);
  }));

test.each([
  [{ garbage: "json" }, 200, "application/json;charset=utf-8", '{"RequestId":"'],
  [{ garbage: "html" }, 502, "text/html", "<html>"],
  [{ garbage: "xml", error: { code: "ServiceUnavailable", status: 503 } }, 503, "text/xml;charset=utf-8", "<Error>"],
  [{ answer: { status: 418, body: "teapot", contentType: "text/plain" } }, 418, "text/plain", "teapot"],
] as const)("an answer that clients can't read: %j", (fault, status, type, text) =>
  withEcs({}, async ({ ecs }) => {
    ecs.faults.add(fault);
    const answer = await callRpc(ecs.url, raw);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe(type);
    expect(answer.text).toContain(text);
  }),
);

test("a hanging call gets no answer while others do, and stopping ends it", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.faults.add({ action: "DescribeTasks", times: 1, hang: true });
    const hanging = callRpc(ecs.url, raw).then(
      () => "answered",
      () => "closed",
    );
    await startImport(client);
    expect(await Promise.race([hanging, Promise.resolve("open")])).toBe("open");
    await ecs.stop();
    expect(await hanging).toBe("closed");
  }));

test("a slow answer comes all the same, and its call took effect first", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.faults.add({ action: "ImportImage", delay: 30 });
    const call = startImport(client);
    await expect(call).resolves.toMatchObject({ taskId: expect.any(String) });
    expect(ecs.calls[0]!.outcome.effect).toBe(true);
  }));

test("faults are removed one by one or all at once", () => {
  const faults = new Faults();
  const id = faults.add({ drop: true });
  faults.add({ hang: true });
  expect([faults.remove(id), faults.remove(id)]).toEqual([true, false]);
  expect(faults.take({ action: "Any", region: "", params: {} })).toEqual({ hang: true });
  faults.clear();
  expect(faults.list()).toEqual([]);
});

test.each([
  [{ action: "ImportImage" }, "has no effect"],
  [{ error: { code: "X", status: 99 } }, "Allowed: 200 to 599"],
  [{ error: {} as { code: string } }, "has no code"],
  [{ garbage: "yaml" as "json" }, "Allowed: json, xml, html"],
])("a fault that makes no sense is refused: %j", (rule, message) => {
  expect(() => new Faults().add(rule)).toThrow(EmulatorError);
  expect(() => new Faults().add(rule)).toThrow(message);
});
