import { EmulatorError } from "../../../lib/emulator";
import { Faults } from "../../../lib/emulator/calls/faults";
import { until } from "../../support/waiting/until";
import { REGION, importRequest, models, refusal, startImport, withEcs } from "../support/sdk";
import { callRpc } from "../support/signed";

const tasks = new models.DescribeTasksRequest({ regionId: REGION });

const raw = { action: "DescribeTasks", params: { RegionId: REGION }, format: "JSON" };

test("a fault strikes calls of its actions after `skip` calls, `times` times", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.faults.add({ action: /^Describe/, times: 2, skip: 1, error: { status: 503, code: "ServiceUnavailable" } });
    expect(await refusal(client.importImage(importRequest()))).toBe("accepted");
    const answers = [];
    for (let index = 0; index < 4; index++) answers.push((await callRpc(ecs.url, raw)).status);
    expect(answers).toEqual([200, 503, 503, 200]);
    expect(ecs.faults.list()).toMatchObject([{ id: 1, struck: 2 }]);
  }));

test("a dropped answer leaves the call's effect, and a dropped request has none", () =>
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

test("retryAfter is sent as x-acs-retry-after, which the SDK reads", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.faults.add({ times: 1, error: { code: "Throttling.User" }, retryAfter: 2_000 });
    await expect(client.describeTasks(tasks)).rejects.toMatchObject({ code: "Throttling.User", statusCode: 400, retryAfter: 2_000 });
  }));

test("a fault can be limited to regions and parameters", () =>
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
] as const)("a fault replaces the answer with one that clients cannot read: %j", (fault, status, type, text) =>
  withEcs({}, async ({ ecs }) => {
    ecs.faults.add(fault);
    const answer = await callRpc(ecs.url, raw);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe(type);
    expect(answer.text).toContain(text);
  }),
);

test("a hanging call is not answered while others are, and ends when the emulator stops", () =>
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

test("a delayed answer comes after the call has taken effect", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.faults.add({ action: "ImportImage", delay: 300 });
    const call = startImport(client);
    await until("the task", () => ecs.tasks.length === 1);
    expect(await Promise.race([call, Promise.resolve("unanswered")])).toBe("unanswered");
    expect(await call).toMatchObject({ taskId: ecs.tasks[0]!.id });
  }));

test("a delayed error comes after its delay, and the call has no effect", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.faults.add({ action: "ImportImage", delay: 300, error: { status: 503, code: "ServiceUnavailable" } });
    const began = performance.now();
    expect(await refusal(startImport(client))).toBe("503 ServiceUnavailable");
    expect(performance.now() - began).toBeGreaterThan(290);
    expect(ecs.tasks).toEqual([]);
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
])("an invalid fault is refused with the reason: %j", (rule, message) => {
  expect(() => new Faults().add(rule)).toThrow(EmulatorError);
  expect(() => new Faults().add(rule)).toThrow(message);
});
