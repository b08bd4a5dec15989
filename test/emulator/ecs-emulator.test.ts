import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { EcsEmulator, EmulatorError, ManualClock } from "../../lib/emulator";
import { REGION, models, startImport, withEcs } from "./support/sdk";
import { callAcs3, callRpc } from "./support/signed";

const regions = { action: "DescribeRegions" };

test("calls with both signature versions are answered, by GET and POST, in JSON and XML", () =>
  withEcs({ regions: [REGION, "cn-beijing"] }, async ({ ecs }) => {
    const xml = await callRpc(ecs.url, regions);
    expect(xml.headers.get("content-type")).toBe("text/xml;charset=utf-8");
    expect(xml.text).toMatch(
      /^<\?xml version='1.0' encoding='UTF-8'\?><DescribeRegionsResponse><RequestId>[0-9A-F-]{36}<\/RequestId><Regions><Region><RegionId>cn-hangzhou<\/RegionId>.*<\/Region><Region>/,
    );
    const json = await callRpc(ecs.url, { ...regions, format: "JSON" }, "POST");
    expect(json.headers.get("content-type")).toBe("application/json;charset=utf-8");
    const body = JSON.parse(json.text) as { RequestId: string; Regions: { Region: { RegionId: string }[] } };
    expect(body.Regions.Region.map((region) => region.RegionId)).toEqual([REGION, "cn-beijing"]);
    expect(json.headers.get("x-acs-request-id")).toBe(body.RequestId);
    expect((await callAcs3(ecs.url, regions)).headers.get("content-type")).toBe("application/json;charset=utf-8");
    const form = await callAcs3(ecs.url, { action: "DescribeTasks" }, `RegionId=${REGION}&PageSize=7`);
    expect(form.text).toContain('"PageSize":7');
  }));

test("an error has all members of ECS's errors, in JSON and in XML", () =>
  withEcs({}, async ({ ecs }) => {
    const json = await callAcs3(ecs.url, { action: "CancelTask", params: { RegionId: REGION, TaskId: "t-1" } });
    expect(JSON.parse(json.text)).toEqual({
      RequestId: expect.stringMatching(/^[0-9A-F-]{36}$/),
      HostId: ecs.endpoint,
      Code: "InvalidTaskId.NotFound",
      Message: 'The specified "TaskId" is not found.',
      Recommend: expect.stringContaining("InvalidTaskId.NotFound"),
    });
    const xml = await callRpc(ecs.url, { action: "CancelTask", params: { RegionId: REGION, TaskId: "t-1" } });
    expect(xml.text).toMatch(
      /<Error><RequestId>.*<\/RequestId><HostId>.*<\/HostId><Code>InvalidTaskId.NotFound<\/Code><Message>The specified &quot;TaskId&quot; is not found.<\/Message><Recommend>/,
    );
  }));

test.each([
  [{ action: "" }, "400 MissingParameter"],
  [{ action: "RunInstances" }, "404 InvalidAction.NotFound"],
  [{ action: "constructor" }, "404 InvalidAction.NotFound"],
  [{ action: "DescribeRegions", version: "2015-04-01" }, "400 InvalidVersion"],
])("a call with %j returns %s", (request, answer) =>
  withEcs({}, async ({ ecs }) => {
    const { status, code } = await callRpc(ecs.url, request);
    expect(`${status} ${code}`).toBe(answer);
    expect(ecs.calls.map((call) => call.outcome.status)).toEqual([status]);
  }),
);

test("the method PUT and a body over 1 MiB are refused", () =>
  withEcs({}, async ({ ecs }) => {
    const put = await fetch(`${ecs.url}/?Action=DescribeRegions&Format=JSON`, { method: "PUT" });
    expect(await put.json()).toMatchObject({ Code: "UnsupportedHTTPMethod" });
    expect((await fetch(ecs.url, { method: "POST", body: "x".repeat(1024 * 1024 + 1) })).status).toBe(413);
  }));

test("a browser gets the emulator's page, or the one in the option `page`", async () => {
  await withEcs({}, async ({ ecs }) => expect(await (await fetch(ecs.url)).text()).toContain("emulator"));
  await withEcs({ page: () => "<h1>mine</h1>" }, async ({ ecs }) =>
    expect(await (await fetch(`${ecs.url}/`)).text()).toBe("<h1>mine</h1>"),
  );
});

test("/favicon.ico does not exist, and is not logged as a call", () =>
  withEcs({}, async ({ ecs }) => {
    expect((await fetch(`${ecs.url}/favicon.ico`)).status).toBe(404);
    expect(ecs.calls).toEqual([]);
  }));

test("a page that throws is an error 500, and the emulator goes on", () =>
  withEcs(
    {
      page: () => {
        throw new Error("no page today");
      },
    },
    async ({ ecs, client }) => {
      const answer = await fetch(ecs.url);
      expect(answer.status).toBe(500);
      expect(await answer.text()).toContain("no page today");
      await startImport(client);
    },
  ));

test("the call log has each call's parameters and outcome, and no signatures", () =>
  withEcs({}, async ({ ecs, client }) => {
    await startImport(client, { clientToken: "once" });
    await callRpc(ecs.url, { action: "DescribeTasks", params: { RegionId: REGION }, secret: "wrong" });
    expect(ecs.calls).toEqual([
      expect.objectContaining({
        action: "ImportImage",
        region: REGION,
        signature: "ACS3",
        accessKeyId: "id",
        outcome: { status: 200, code: undefined, effect: true },
      }),
      expect.objectContaining({
        action: "DescribeTasks",
        signature: "RPC",
        params: { RegionId: REGION },
        outcome: { status: 400, code: "SignatureDoesNotMatch", effect: false },
      }),
    ]);
    expect(ecs.calls[0]!.params).toMatchObject({ ImageName: "web", ClientToken: "once", "DiskDeviceMapping.1.OSSBucket": "images" });
    expect(ecs.calls[1]).not.toHaveProperty("account");
    ecs.clearCalls();
    expect(ecs.calls).toEqual([]);
  }));

test("the call log keeps the latest calls, at most twice its size", () =>
  withEcs({ callLogSize: 3 }, async ({ ecs }) => {
    for (let index = 0; index < 8; index++) await callRpc(ecs.url, { action: "DescribeTasks", params: { RegionId: String(index) } });
    expect(ecs.calls.length).toBeLessThanOrEqual(6);
    expect(ecs.calls.at(-1)!.region).toBe("7");
  }));

test("a host that other machines could reach is refused without allowRemote", async () => {
  await expect(new EcsEmulator({ host: "0.0.0.0" }).start()).rejects.toThrow(
    'The host "0.0.0.0" would let other machines reach the emulator',
  );
  const open = new EcsEmulator({ host: "0.0.0.0", allowRemote: true });
  await open.start();
  await open.stop();
});

test("if the port is taken, the error names host and port", async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const { port } = taken.address() as AddressInfo;
  await expect(new EcsEmulator({ port }).start()).rejects.toThrow(`can't listen on 127.0.0.1:${port}`);
  await new Promise((resolve) => taken.close(resolve));
});

test("the emulator can be stopped twice, and starts again with the images that it had", async () => {
  const ecs = new EcsEmulator({ clock: new ManualClock() });
  expect(() => ecs.endpoint).toThrow(EmulatorError);
  await ecs.start();
  await expect(ecs.start()).rejects.toThrow("already listens");
  ecs.addImage();
  await ecs.stop();
  await ecs.stop();
  await ecs.start();
  expect(ecs.images).toHaveLength(1);
  await ecs.stop();
});

test.each([
  [{ taskDuration: "soon" }, 'taskDuration is "soon"'],
  [{ regions: [] }, "Name at least one region"],
  [{ timeScale: 0 }, "timeScale is 0. Allowed: a number above 0"],
  [{ timeScale: 2, clock: new ManualClock() }, "Use only one of them"],
  [{ behaviour: { task: { order: "random" as "newestFirst" } } }, 'task.order is "random". Allowed: "newestFirst", "oldestFirst"'],
  [{ accessKeyId: "a", accessKeys: [{ accessKeyId: "a", accessKeySecret: "b" }] }, 'Two AccessKeys have the id "a"'],
  [{ accessKeys: [{ accessKeyId: "a", accessKeySecret: "b", accountId: "me" }] }, 'is "me". Allowed: up to 16 digits'],
])("invalid options are refused with the reason: %j", (options, message) => {
  expect(() => new EcsEmulator(options)).toThrow(message);
});

test("taskDuration can differ by action, and change while the emulator runs", () =>
  withEcs({ taskDuration: { ImportImage: "1m30s", ExportImage: 5_000 } }, async ({ ecs, client }) => {
    expect(ecs.durations).toEqual({ ImportImage: 90_000, ExportImage: 5_000, CopyImage: 60_000 });
    ecs.durations.ImportImage = 1_000;
    await startImport(client);
    ecs.advance(1_000);
    expect(ecs.stats.finished).toBe(1);
  }));

test("invalid seeds are refused with the reason", () => {
  const ecs = new EcsEmulator();
  expect(() => ecs.addImage({ region: "cn-nowhere" })).toThrow('no region "cn-nowhere"');
  expect(() => ecs.addTask({ action: "ImportImage", status: "Idle" as "Paused" })).toThrow('The status is "Idle"');
  expect(() => new EcsEmulator({ clock: { now: () => 0 } }).advance(1)).toThrow("has no advance(ms)");
});

test("maxConcurrent counts how many tasks with the same tag ran at once", () =>
  withEcs({}, async ({ ecs, client }) => {
    const tag = [new models.ImportImageRequestTag({ key: "start", value: "a" })];
    await startImport(client, { tag });
    await startImport(client, { tag, imageName: "web2" });
    ecs.advance(60_000);
    await startImport(client, { tag, imageName: "web3" });
    expect(ecs.maxConcurrent("tag:start")).toEqual(new Map([["a", 2]]));
  }));
