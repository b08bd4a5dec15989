import type { PolicyDocument } from "../../../lib/emulator";
import { REGION, importRequest, models, refusal, startImport, withEcs } from "../support/sdk";
import { callAcs3 } from "../support/signed";

const policy = (...statements: [effect: "Allow" | "Deny", action: string | string[], resource?: string][]): PolicyDocument => ({
  Version: "1",
  Statement: statements.map(([Effect, Action, Resource = "*"]) => ({ Effect, Action, Resource })),
});

const cancel = new models.CancelTaskRequest({ regionId: REGION, taskId: "t-none" });
const tasks = new models.DescribeTasksRequest({ regionId: REGION });

test("without policies everything is allowed", () =>
  withEcs({}, async ({ client }) => expect(await refusal(client.cancelTask(cancel))).toBe("400 InvalidTaskId.NotFound")));

test("what no policy allows is refused before anything else is looked at", () =>
  withEcs({ policies: [policy(["Allow", ["ecs:Describe*", "ecs:importimage"]])] }, async ({ ecs, client }) => {
    await client.describeTasks(tasks);
    await startImport(client);
    expect(await refusal(client.cancelTask(cancel))).toBe("403 Forbidden.RAM");
    const { text } = await callAcs3(ecs.url, { action: "CancelTask", params: { RegionId: REGION, TaskId: "t-none" } });
    expect(JSON.parse(text)).toMatchObject({
      AccessDeniedDetail: { AuthAction: "ecs:CancelTask", AuthPrincipalType: "SubUser", NoPermissionType: "ImplicitDeny" },
    });
  }));

test("a Deny wins over an Allow", () =>
  withEcs({ policies: [policy(["Allow", "*"]), policy(["Deny", "ecs:CancelTask"])] }, async ({ client }) => {
    await client.describeTasks(tasks);
    expect(await refusal(client.cancelTask(cancel))).toBe("403 Forbidden.RAM");
  }));

test("the right to cancel covers all tasks or none: a narrower resource doesn't grant it", () =>
  withEcs({ policies: [policy(["Allow", "ecs:*", `acs:ecs:${REGION}:*:*`])] }, async ({ client }) => {
    await startImport(client);
    expect(await refusal(client.importImage(importRequest({ regionId: "cn-beijing" })))).toBe("403 Forbidden.RAM");
    expect(await refusal(client.cancelTask(cancel))).toBe("403 Forbidden.RAM");
    expect(await refusal(client.describeTasks(tasks))).toBe("403 Forbidden.RAM");
  }));

test("rights to a single image are told apart by its id", () =>
  withEcs({ policies: [policy(["Allow", "ecs:DeleteImage", "acs:ecs:*:*:image/m-mine?"])] }, async ({ ecs, client }) => {
    for (const id of ["m-mine1", "m-yours"]) ecs.addImage({ id, region: REGION });
    const remove = (imageId: string) => refusal(client.deleteImage(new models.DeleteImageRequest({ regionId: REGION, imageId })));
    expect([await remove("m-mine1"), await remove("m-yours")]).toEqual(["accepted", "403 Forbidden.RAM"]);
  }));

test("policies change while the emulator runs", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.setAccessKey({ accessKeyId: "id", accessKeySecret: "secret", userName: "ci", policies: [] });
    expect(await refusal(client.describeTasks(tasks))).toBe("403 Forbidden.RAM");
    ecs.setAccessKey({ accessKeyId: "id", accessKeySecret: "secret", status: "Inactive" });
    expect(await refusal(client.describeTasks(tasks))).toBe("400 InvalidAccessKeyId.Inactive");
  }));

test.each([
  [{ Statement: undefined as unknown as [] }, 'has no list "Statement"'],
  [{ Statement: [{ Effect: "Maybe" as "Allow", Action: "*", Resource: "*" }] }, 'Allowed: "Allow", "Deny"'],
  [{ Statement: [{ Effect: "Allow" as const, Action: 1 as unknown as string, Resource: "*" }] }, "The Action of a policy statement is 1"],
])("a policy that can't be read is refused: %j", (document, message) =>
  withEcs({}, async ({ ecs }) => {
    expect(() => ecs.setAccessKey({ accessKeyId: "x", accessKeySecret: "y", policies: [document] })).toThrow(message);
  }),
);
