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

test("a call that no policy allows is refused before its parameters are checked", () =>
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

test("a policy limited to a region allows imports there, but neither CancelTask nor DescribeTasks", () =>
  withEcs({ policies: [policy(["Allow", "ecs:*", `acs:ecs:${REGION}:*:*`])] }, async ({ client }) => {
    await startImport(client);
    expect(await refusal(client.importImage(importRequest({ regionId: "cn-beijing" })))).toBe("403 Forbidden.RAM");
    expect(await refusal(client.cancelTask(cancel))).toBe("403 Forbidden.RAM");
    expect(await refusal(client.describeTasks(tasks))).toBe("403 Forbidden.RAM");
  }));

test("a policy can allow DeleteImage for images by id", () =>
  withEcs({ policies: [policy(["Allow", "ecs:DeleteImage", "acs:ecs:*:*:image/m-mine?"])] }, async ({ ecs, client }) => {
    for (const id of ["m-mine1", "m-yours"]) ecs.addImage({ id, region: REGION });
    expect([await remove(client, "m-mine1"), await remove(client, "m-yours")]).toEqual(["accepted", "403 Forbidden.RAM"]);
  }));

test.each<[string, object, { readonly blue: boolean; readonly green: boolean; readonly none: boolean }]>([
  ["those with its value", ownedBy("blue"), { blue: true, green: false, none: false }],
  ["those with one of several values", ownedBy(["blue", "green"]), { blue: true, green: true, none: false }],
  ["those whose value fits a pattern", { StringLike: { "acs:ResourceTag/team": "b*" } }, { blue: true, green: false, none: false }],
  [
    "those with its value, by the older key ecs:tag",
    { StringEquals: { "ecs:tag/team": "green" } },
    { blue: false, green: true, none: false },
  ],
  [
    "those with its value in any case",
    { StringEqualsIgnoreCase: { "acs:ResourceTag/team": "BLUE" } },
    { blue: true, green: false, none: false },
  ],
  ["no image, by a number without quotes", { StringLike: { "acs:ResourceTag/team": 1 } }, { blue: false, green: false, none: false }],
  [
    "every image, by a boolean without quotes",
    { StringNotEqualsIgnoreCase: { "acs:ResourceTag/team": true } },
    { blue: true, green: true, none: true },
  ],
  ["those with another value or none", { StringNotEquals: { "acs:ResourceTag/team": "blue" } }, { blue: false, green: true, none: true }],
  [
    "those whose value does not fit a pattern",
    { StringNotLike: { "acs:ResourceTag/team": "b*" } },
    { blue: false, green: true, none: true },
  ],
  [
    "those that meet all conditions",
    { ...ownedBy("blue"), StringNotEquals: { "acs:ResourceTag/kept": "yes" } },
    { blue: true, green: false, none: false },
  ],
])("a condition on a tag allows the images that it names: %s", (_, condition, { blue, green, none }) =>
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

test("without ram.absentKeyDiffers StringNotEquals does not match an image without the tag", () =>
  withEcs({ policies: [when({ StringNotEquals: { "acs:ResourceTag/team": "blue" } })] }, async ({ ecs, client }) => {
    ecs.behaviour.ram.absentKeyDiffers = false;
    ecs.addImage({ id: "m-none", region: REGION });
    expect(await remove(client, "m-none")).toBe(REFUSED);
  }));

test("a Deny with a condition denies only where the condition holds", () =>
  withEcs({ policies: [policy(["Allow", "*"]), when(ownedBy("blue"), "ecs:DeleteImage", "Deny")] }, async ({ ecs, client }) => {
    for (const team of ["blue", "green"]) ecs.addImage({ id: `m-${team}`, region: REGION, tags: { team } });
    expect([await remove(client, "m-blue"), await remove(client, "m-green")]).toEqual([REFUSED, "accepted"]);
  }));

test("a condition on request tags allows a start with these tags, unless ram.startTags is off", () =>
  withEcs({ policies: [when({ StringEquals: { "acs:RequestTag/team": "blue" } })] }, async ({ ecs, client }) => {
    const start = (team?: string) => refusal(client.importImage(importRequest({ imageName: `of-${team}`, ...tagged(team) })));
    expect([await start("blue"), await start("green"), await start()]).toEqual(["accepted", REFUSED, REFUSED]);
    ecs.behaviour.ram.startTags = false;
    expect(await start("blue")).toBe(REFUSED);
  }));

test("a condition on tags never allows CancelTask, because tasks have no tags", () =>
  withEcs({ policies: [policy(["Allow", "ecs:ImportImage"]), when(ownedBy("blue"))] }, async ({ client }) => {
    const { taskId } = await startImport(client, importRequest(tagged("blue")));
    expect(await refusal(client.cancelTask(new models.CancelTaskRequest({ regionId: REGION, taskId })))).toBe(REFUSED);
  }));

test("a condition on tags never allows another account's image", () =>
  withEcs({ policies: [when(ownedBy("blue"))] }, async ({ ecs, client }) => {
    ecs.addImage({ id: "m-theirs", region: REGION, account: "2000000000000002", isPublic: true, tags: { team: "blue" } });
    expect(await remove(client, "m-theirs")).toBe(REFUSED);
  }));

test("a call that names several images is refused if one of them is not allowed", () =>
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
])("a condition that the emulator does not evaluate is an error that names it: %j", (condition, named) =>
  withEcs({ policies: [policy(["Allow", "*"]), when(condition)] }, async ({ ecs }) => {
    const { status, text } = await callAcs3(ecs.url, { action: "DescribeTasks", params: { RegionId: REGION } });
    expect([status, JSON.parse(text)]).toEqual([
      403,
      expect.objectContaining({ Code: "Forbidden.RAM", Message: expect.stringContaining(named) }),
    ]);
  }),
);

test("setAccessKey changes an AccessKey's policies and status while the emulator runs", () =>
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
])("an invalid policy is refused with the reason: %j", (document, message) =>
  withEcs({}, async ({ ecs }) => {
    expect(() => ecs.setAccessKey({ accessKeyId: "x", accessKeySecret: "y", policies: [document] })).toThrow(message);
  }),
);
