import { REGION, importRequest, models, refusal, startImport, withEcs } from "../support/sdk";

test("a repeated ClientToken returns the first answer and starts nothing, even after the task has ended", () =>
  withEcs({}, async ({ ecs, client }) => {
    const first = await startImport(client, { clientToken: "once" });
    ecs.advance(3_600_000);
    expect(await startImport(client, { clientToken: "once" })).toEqual(first);
    expect(ecs.tasks).toHaveLength(1);
    expect(await refusal(client.importImage(importRequest({ clientToken: "once", imageName: "other" })))).toBe(
      "400 IdempotentParameterMismatch",
    );
    await startImport(client, { clientToken: "once", regionId: "cn-beijing" });
    ecs.advance(24 * 3_600_000);
    await startImport(client, { clientToken: "once", imageName: "other" });
    expect(ecs.maxConcurrent("clientToken")).toEqual(new Map([["once", 1]]));
  }));

test("with clientToken.processing a repeated ClientToken is refused for that time", () =>
  withEcs({ behaviour: { clientToken: { processing: 2_000 } } }, async ({ ecs, client }) => {
    await startImport(client, { clientToken: "a" });
    expect(await refusal(client.importImage(importRequest({ clientToken: "a" })))).toBe("403 IdempotentProcessing");
    ecs.advance(2_000);
    expect(await refusal(client.importImage(importRequest({ clientToken: "a" })))).toBe("accepted");
    expect(ecs.tasks).toHaveLength(1);
  }));

test.each([
  ["sameError", "400 InvalidImageName.Duplicated"],
  ["IdempotentFailed", "403 IdempotentFailed"],
  ["mismatch", "400 IdempotentParameterMismatch"],
  ["no", "accepted"],
] as const)("with clientToken.storeFailures = %s the ClientToken of a failed call returns %s", (storeFailures, answer) =>
  withEcs({ behaviour: { clientToken: { storeFailures } } }, async ({ ecs, client }) => {
    const failing = importRequest({ clientToken: "b" });
    ecs.addImage({ region: REGION, name: failing.imageName!, id: "m-taken" });
    expect(await refusal(client.importImage(failing))).toBe("400 InvalidImageName.Duplicated");
    await client.deleteImage(new models.DeleteImageRequest({ regionId: REGION, imageId: "m-taken" }));
    ecs.advance(60_000);
    expect(await refusal(client.importImage(failing))).toBe(answer);
  }),
);

test("clientToken.processingCode and mismatchCode set the error codes of a repeated ClientToken", () =>
  withEcs({ behaviour: { clientToken: { processing: 1_000 } } }, async ({ ecs, client }) => {
    await startImport(client, { clientToken: "a" });
    const again = () => refusal(client.importImage(importRequest({ clientToken: "a" })));
    const otherwise = () => refusal(client.importImage(importRequest({ clientToken: "a", imageName: "other" })));
    ecs.behaviour.clientToken.processingCode = "Idempotence.Processing";
    expect(await again()).toBe("400 Idempotence.Processing");
    ecs.behaviour.clientToken.processingCode = "LastTokenProcessing";
    expect(await again()).toBe("403 LastTokenProcessing");
    expect(await otherwise()).toBe("400 IdempotentParameterMismatch");
    ecs.behaviour.clientToken.mismatchCode = "IdempotenceParamNotMatch";
    expect(await otherwise()).toBe("400 IdempotenceParamNotMatch");
    ecs.behaviour.clientToken.mismatchCode = "InvalidParamter.Conflict";
    expect(await otherwise()).toBe("403 InvalidParamter.Conflict");
  }));
