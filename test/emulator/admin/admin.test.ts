import { request } from "node:http";
import { REGION, models, startImport, withEcs } from "../support/sdk";

interface AdminAnswer {
  readonly status: number;
  readonly body: { readonly [name: string]: unknown };
}

const caller =
  (url: string) =>
  async (method: string, path: string, body?: unknown): Promise<AdminAnswer> => {
    const response = await fetch(`${url}/_admin${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    return { status: response.status, body: (await response.json()) as AdminAnswer["body"] };
  };

test("the admin API lists its routes, tasks, images, snapshots, calls and counts", () =>
  withEcs({}, async ({ ecs, client }) => {
    const admin = caller(ecs.url);
    const { taskId } = await startImport(client, { clientToken: "once" });
    expect((await admin("GET", "")).body["routes"]).toContainEqual(expect.stringContaining("GET /_admin/tasks"));
    expect((await admin("GET", "/state")).body).toEqual({ now: ecs.clock.now(), images: 1, snapshots: 1, tasks: ecs.stats });
    expect((await admin("GET", "/snapshots")).body["snapshots"]).toMatchObject([{ diskType: "system", status: "failed" }]);
    expect((await admin("GET", "/tasks?running=true")).body["tasks"]).toMatchObject([{ id: taskId, status: "Processing" }]);
    expect((await admin("GET", "/images")).body["images"]).toMatchObject([{ name: "web", status: "Creating" }]);
    expect((await admin("GET", "/calls?action=ImportImage")).body["calls"]).toHaveLength(1);
    expect((await admin("GET", "/calls?action=CopyImage")).body["calls"]).toEqual([]);
    expect((await admin("GET", "/max-concurrent?key=clientToken")).body).toEqual({ max: { once: 1 } });
    await admin("DELETE", "/calls");
    expect(ecs.calls).toEqual([]);
  }));

test("the admin API sets switches, durations, the clock and limits", () =>
  withEcs({}, async ({ ecs, client }) => {
    const admin = caller(ecs.url);
    await admin("PATCH", "/behaviour", { afterCancel: { image: "CreateFailed" }, task: { lifetime: 1_000 } });
    expect(ecs.behaviour.afterCancel).toMatchObject({ image: "CreateFailed", task: "Deleted" });
    expect((await admin("GET", "/behaviour")).body).toEqual(ecs.behaviour);
    expect((await admin("PATCH", "/durations", { ImportImage: "5s" })).body).toMatchObject({ ImportImage: 5_000, CopyImage: 60_000 });
    await startImport(client);
    await admin("POST", "/clock", { advance: "5s" });
    expect(ecs.stats.finished).toBe(1);
    await admin("PUT", "/throttle", { rules: [{ action: "Describe*", limit: 1 }] });
    expect((await admin("GET", "/throttle")).body).toEqual({ rules: [{ action: "Describe*", limit: 1 }] });
  }));

test("the admin API adds, lists and removes faults and task rules, with regular expressions as text", () =>
  withEcs({}, async ({ ecs }) => {
    const admin = caller(ecs.url);
    ecs.faults.add({ action: /^Import/, drop: true });
    expect(
      (await admin("POST", "/faults", { action: ["/^Describe/", "Cancel*"], error: { code: "InternalError", status: 500 }, times: 2 }))
        .body,
    ).toEqual({ id: 2 });
    expect((await admin("GET", "/faults")).body["rules"]).toMatchObject([{ action: "/^Import/" }, { times: 2 }]);
    expect((await admin("DELETE", "/faults/1")).status).toBe(200);
    expect((await admin("DELETE", "/faults/1")).status).toBe(404);
    await admin("DELETE", "/faults");
    expect(ecs.faults.list()).toEqual([]);
    await admin("POST", "/task-rules", { object: "*.vhd", fail: { code: "Corrupt" } });
    expect(ecs.taskRules.list()).toMatchObject([{ object: "*.vhd", used: 0 }]);
  }));

test("the admin API adds images, tasks, buckets, roles and AccessKeys", () =>
  withEcs({}, async ({ ecs }) => {
    const admin = caller(ecs.url);
    const image = (await admin("POST", "/images", { region: REGION, name: "base", tags: { app: "web" } })).body;
    expect(ecs.images).toEqual([expect.objectContaining({ id: image["id"], name: "base", tags: { app: "web" } })]);
    await admin("POST", "/tasks", { action: "ArchiveSnapshot" });
    expect(ecs.running[0]).toMatchObject({ action: "ArchiveSnapshot", supportCancel: false });
    await admin("POST", "/oss/buckets", { name: "b", region: REGION });
    expect((await admin("GET", "/oss")).body).toEqual({ buckets: [{ name: "b", region: REGION }], exports: [] });
    expect((await admin("PUT", "/oss/roles", { names: [] })).status).toBe(200);
    expect((await admin("PUT", "/access-keys", { accessKeyId: "k", accessKeySecret: "s", policies: [{ Statement: [] }] })).status).toBe(
      200,
    );
  }));

test.each([
  ["GET", "/nothing", undefined, 404, "/_admin/nothing does not exist"],
  ["PUT", "/images", {}, 405, "does not support PUT. Allowed: GET, POST"],
  ["POST", "/faults", { acton: "X", drop: true }, 400, 'an unknown member "acton"'],
  ["POST", "/faults", { action: "/(/", drop: true }, 400, 'The member "action"'],
  ["POST", "/faults", { action: "X" }, 400, "has no effect"],
  ["POST", "/faults", [], 400, "is not a JSON object"],
  ["PATCH", "/behaviour", { task: { order: "up" } }, 400, 'Allowed: "newestFirst", "oldestFirst"'],
  ["PATCH", "/behaviour", { task: { colour: "red" } }, 400, 'no switch called "task.colour"'],
  ["PATCH", "/behaviour", { mood: {} }, 400, 'an unknown member "mood"'],
  ["PATCH", "/durations", { ImportImage: "soon" }, 400, 'ImportImage is "soon"'],
  ["POST", "/clock", {}, 400, 'lacks the member "advance"'],
  ["PUT", "/throttle", { rules: [{ limit: 1.5 }] }, 400, "whole number"],
  ["GET", "/max-concurrent?key=mood", undefined, 400, "Allowed: clientToken, tag:NAME"],
  ["POST", "/images", { status: "Lost" }, 400, 'The status is "Lost"'],
])("%s %s with %j returns %i and says why", (method, path, body, status, message) =>
  withEcs({}, async ({ ecs }) => {
    const answer = await caller(ecs.url)(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body["error"]).toContain(message);
  }),
);

test("the admin API takes only valid JSON, so that a web page's form changes nothing", () =>
  withEcs({}, async ({ ecs }) => {
    expect((await fetch(`${ecs.url}/_admin/faults`, { method: "POST", body: '{"drop":true}' })).status).toBe(415);
    const broken = await fetch(`${ecs.url}/_admin/faults`, { method: "POST", body: "{", headers: { "content-type": "application/json" } });
    expect(broken.status).toBe(400);
    expect(ecs.faults.list()).toEqual([]);
  }));

test("the admin API refuses every web page but the emulator's own", () =>
  withEcs({}, async ({ ecs }) => {
    const status = async (headers: { [name: string]: string }): Promise<number> =>
      new Promise((resolve, reject) => {
        const asked = request(`${ecs.url}/_admin/state`, { headers }, (answer) => resolve(answer.resume().statusCode!));
        asked.on("error", reject).end();
      });
    expect(await status({ origin: ecs.url, "sec-fetch-site": "same-origin" })).toBe(200);
    expect(await status({ "sec-fetch-site": "none" })).toBe(200);
    expect(await status({ origin: "http://localhost:3000" })).toBe(403);
    expect(await status({ origin: "null" })).toBe(403);
    expect(await status({ "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await status({ "sec-fetch-site": "same-site" })).toBe(403);
    expect(await status({ host: "rebound.example", origin: "http://rebound.example" })).toBe(403);
  }));

test("DELETE of a task cancels it once, and is an error for a task that has ended", () =>
  withEcs({}, async ({ ecs, client }) => {
    const admin = caller(ecs.url);
    const { taskId } = await startImport(client);
    expect((await admin("DELETE", `/tasks/${taskId}`)).status).toBe(200);
    ecs.clock.advance(900);
    expect((await admin("DELETE", `/tasks/${taskId}`)).status).toBe(200);
    ecs.clock.advance(100);
    expect(ecs.tasks).toMatchObject([{ id: taskId, status: "Deleted", outcome: "cancelled" }]);
    expect(ecs.images).toEqual([]);
    expect(await admin("DELETE", `/tasks/${taskId}`)).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining("is Deleted") },
    });
    expect((await admin("DELETE", "/tasks/t-nowhere")).status).toBe(400);
  }));

test("DELETE of a copy's task cancels the copy", () =>
  withEcs({}, async ({ ecs, client }) => {
    const { id: imageId } = ecs.addImage({ region: REGION });
    const { body } = await client.copyImage(
      new models.CopyImageRequest({ regionId: REGION, imageId, destinationRegionId: "cn-beijing", destinationImageName: "copy" }),
    );
    await caller(ecs.url)("DELETE", `/tasks/${ecs.running[0]!.id}`);
    ecs.clock.advance(1_000);
    expect(ecs.stats.cancelled).toBe(1);
    expect(ecs.images.map(({ id }) => id)).not.toContain(body!.imageId);
  }));

test("?last=N returns the newest N entries, newest first", () =>
  withEcs({}, async ({ ecs }) => {
    const admin = caller(ecs.url);
    for (const name of ["one", "two", "three"]) ecs.addImage({ name });
    expect((await admin("GET", "/images?last=2")).body["images"]).toMatchObject([{ name: "three" }, { name: "two" }]);
    expect((await admin("GET", "/images?last=none")).status).toBe(400);
    const ids = [1, 2, 3].map(() => ecs.addTask({ action: "ImportImage" }).id);
    expect((await admin("GET", "/tasks?last=2")).body["tasks"]).toMatchObject([{ id: ids[2] }, { id: ids[1] }]);
    expect((await admin("GET", "/tasks?last=9&running=true")).body["tasks"]).toHaveLength(ecs.running.length);
  }));

test("the admin API adds snapshots and sets the disks made from them", () =>
  withEcs({}, async ({ ecs }) => {
    const admin = caller(ecs.url);
    const { body } = await admin("POST", "/snapshots", { region: "cn-hangzhou", tags: { team: "infra" } });
    await admin("PATCH", `/snapshots/${String(body["id"])}`, { usedByDisks: ["d-1"] });
    expect(ecs.snapshots).toMatchObject([{ id: body["id"], usedByDisks: ["d-1"], tags: { team: "infra" } }]);
    expect((await admin("PATCH", "/snapshots/s-none", {})).status).toBe(400);
    expect((await admin("POST", "/snapshots", { status: "soon" })).status).toBe(400);
  }));
