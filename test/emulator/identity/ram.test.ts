import type { PolicyDocument, PolicyStatement } from "../../../lib/emulator";
import { type Bench, REGION, importRequest, models, refusal, startImport, withEcs } from "../support/sdk";
import { callAcs3 } from "../support/signed";

const policy = (...statements: [effect: "Allow" | "Deny", action: string | string[], resource?: string][]): PolicyDocument => ({
  Version: "1",
  Statement: statements.map(([Effect, Action, Resource = "*"]) => ({ Effect, Action, Resource })),
});

const when = (Condition: object, Action: string | string[] = "ecs:*", Effect: "Allow" | "Deny" = "Allow"): PolicyDocument => ({
  Version: "1",
  Statement: [{ Effect, Action, Resource: "*", Condition: Condition as PolicyStatement["Condition"] }],
});
const ownedBy = (team: string | string[]): object => ({ StringEquals: { "acs:ResourceTag/team": team } });
const remove = (client: Bench["client"], imageId: string) =>
  refusal(client.deleteImage(new models.DeleteImageRequest({ regionId: REGION, imageId })));
const tagged = (team?: string) => (team === undefined ? {} : { tag: [new models.ImportImageRequestTag({ key: "team", value: team })] });
const REFUSED = "403 Forbidden.RAM";

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
    expect([await remove(client, "m-mine1"), await remove(client, "m-yours")]).toEqual(["accepted", "403 Forbidden.RAM"]);
  }));

test.each<[string, object, { readonly blue: boolean; readonly green: boolean; readonly none: boolean }]>([
  ["the one that bears it", ownedBy("blue"), { blue: true, green: false, none: false }],
  ["those that bear one of several", ownedBy(["blue", "green"]), { blue: true, green: true, none: false }],
  ["a pattern's", { StringLike: { "acs:ResourceTag/team": "b*" } }, { blue: true, green: false, none: false }],
  ["by the older key", { StringEquals: { "ecs:tag/team": "green" } }, { blue: false, green: true, none: false }],
  ["whatever its case", { StringEqualsIgnoreCase: { "acs:ResourceTag/team": "BLUE" } }, { blue: true, green: false, none: false }],
  ["all but one", { StringNotEquals: { "acs:ResourceTag/team": "blue" } }, { blue: false, green: true, none: true }],
  ["all but those of a pattern", { StringNotLike: { "acs:ResourceTag/team": "b*" } }, { blue: false, green: true, none: true }],
  [
    "only what meets all conditions",
    { ...ownedBy("blue"), StringNotEquals: { "acs:ResourceTag/kept": "yes" } },
    { blue: true, green: false, none: false },
  ],
])("an image can be had by a condition on its tag: %s", (_, condition, { blue, green, none }) =>
  withEcs({ policies: [when(condition)] }, async ({ ecs, client }) => {
    for (const [id, team, allowed] of [
      ["m-blue", "blue", blue],
      ["m-green", "green", green],
      ["m-none", undefined, none],
    ] as const) {
      ecs.addImage({ id, region: REGION, ...(team && { tags: { team } }) });
      expect([id, await remove(client, id)]).toEqual([id, allowed ? "accepted" : REFUSED]);
    }
  }),
);

test("a tag that is absent counts as a difference, or does not, by a switch", () =>
  withEcs({ policies: [when({ StringNotEquals: { "acs:ResourceTag/team": "blue" } })] }, async ({ ecs, client }) => {
    ecs.behaviour.ram.absentKeyDiffers = false;
    ecs.addImage({ id: "m-none", region: REGION });
    expect(await remove(client, "m-none")).toBe(REFUSED);
  }));

test("a Deny with a condition holds where the condition does, and there only", () =>
  withEcs({ policies: [policy(["Allow", "*"]), when(ownedBy("blue"), "ecs:DeleteImage", "Deny")] }, async ({ ecs, client }) => {
    for (const team of ["blue", "green"]) ecs.addImage({ id: `m-${team}`, region: REGION, tags: { team } });
    expect([await remove(client, "m-blue"), await remove(client, "m-green")]).toEqual([REFUSED, "accepted"]);
  }));

test("a start can be had by the tags that it carries, unless ECS does not show them to RAM", () =>
  withEcs({ policies: [when({ StringEquals: { "acs:RequestTag/team": "blue" } })] }, async ({ ecs, client }) => {
    const start = (team?: string) => refusal(client.importImage(importRequest({ imageName: `of-${team}`, ...tagged(team) })));
    expect([await start("blue"), await start("green"), await start()]).toEqual(["accepted", REFUSED, REFUSED]);
    ecs.behaviour.ram.startTags = false;
    expect(await start("blue")).toBe(REFUSED);
  }));

test("the right to cancel a task cannot be had by a tag: a task is no resource that bears any", () =>
  withEcs({ policies: [policy(["Allow", "ecs:ImportImage"]), when(ownedBy("blue"))] }, async ({ client }) => {
    const { taskId } = await startImport(client, importRequest(tagged("blue")));
    expect(await refusal(client.cancelTask(new models.CancelTaskRequest({ regionId: REGION, taskId })))).toBe(REFUSED);
  }));

test("another account's image shows no tags", () =>
  withEcs({ policies: [when(ownedBy("blue"))] }, async ({ ecs, client }) => {
    ecs.addImage({ id: "m-theirs", region: REGION, account: "2000000000000002", isPublic: true, tags: { team: "blue" } });
    expect(await remove(client, "m-theirs")).toBe(REFUSED);
  }));

test("of several images that a call names, each has to be permitted", () =>
  withEcs({ policies: [when(ownedBy("blue"))] }, async ({ ecs, client }) => {
    for (const team of ["blue", "green"]) ecs.addImage({ id: `m-${team}`, region: REGION, tags: { team } });
    const tag = (...resourceId: string[]) =>
      refusal(
        client.tagResources(
          new models.TagResourcesRequest({
            regionId: REGION,
            resourceType: "image",
            resourceId,
            tag: [new models.TagResourcesRequestTag({ key: "a", value: "b" })],
          }),
        ),
      );
    expect([await tag("m-blue"), await tag("m-blue", "m-green")]).toEqual(["accepted", REFUSED]);
  }));

test.each([
  [{ IpAddress: { "acs:SourceIp": "10.0.0.1" } }, "the operator IpAddress. It evaluates StringEquals"],
  [{ StringEqualsIfExists: { "acs:ResourceTag/team": "blue" } }, "the operator StringEqualsIfExists"],
  [{ StringEquals: { "acs:Service": "ecs" } }, "the key acs:Service. It evaluates acs:ResourceTag/KEY, acs:RequestTag/KEY, ecs:tag/KEY"],
  [{ Bool: { "acs:SecureTransport": true } }, "the operator Bool"],
])("a condition that the emulator does not evaluate grants nothing, and is named: %j", (condition, named) =>
  withEcs({ policies: [policy(["Allow", "*"]), when(condition)] }, async ({ ecs }) => {
    const { status, text } = await callAcs3(ecs.url, { action: "DescribeTasks", params: { RegionId: REGION } });
    expect([status, JSON.parse(text)]).toEqual([
      403,
      expect.objectContaining({ Code: "Forbidden.RAM", Message: expect.stringContaining(named) }),
    ]);
  }),
);

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
  [
    { Statement: [{ Effect: "Allow" as const, Action: "*", Resource: "*", Condition: { StringEquals: "x" } as never }] },
    'The Condition of a policy statement is {"StringEquals":"x"}',
  ],
  [{ Statement: [{ Effect: "Allow" as const, Action: 1 as unknown as string, Resource: "*" }] }, "The Action of a policy statement is 1"],
])("a policy that can't be read is refused: %j", (document, message) =>
  withEcs({}, async ({ ecs }) => {
    expect(() => ecs.setAccessKey({ accessKeyId: "x", accessKeySecret: "y", policies: [document] })).toThrow(message);
  }),
);
