import { REGION, models, refusal, startImport, withEcs } from "../support/sdk";

const remove = (imageId: string, over: { [name: string]: unknown } = {}) =>
  new models.DeleteImageRequest({ regionId: REGION, imageId, ...over });

test("an image disappears half a second after its deletion, and its name is free again", () =>
  withEcs({}, async ({ ecs, client }) => {
    const { id } = ecs.addImage({ region: REGION, name: "web" });
    await client.deleteImage(remove(id));
    await client.deleteImage(remove(id));
    expect(ecs.images).toHaveLength(1);
    ecs.advance(500);
    expect(ecs.images).toEqual([]);
    await startImport(client);
  }));

test("an image that an import is making cannot be deleted before the cancelled task has ended", () =>
  withEcs({ behaviour: { afterCancel: { image: "CreateFailed" } } }, async ({ ecs, client }) => {
    const { imageId, taskId } = await startImport(client);
    expect(await refusal(client.deleteImage(remove(imageId)))).toBe("403 ImageIsImporting");
    expect(await refusal(client.deleteImage(remove(imageId, { force: true })))).toBe("403 ImageIsImporting");
    await client.cancelTask(new models.CancelTaskRequest({ regionId: REGION, taskId }));
    expect(await refusal(client.deleteImage(remove(imageId)))).toBe("403 ImageIsImporting");
    ecs.advance(1_000);
    expect(await refusal(client.deleteImage(remove(imageId)))).toBe("accepted");
  }));

test("an image that is used, shared, public or in creation cannot be deleted; Force helps only against instances", () =>
  withEcs({}, async ({ ecs, client }) => {
    const used = ecs.addImage({ region: REGION, usedByInstances: ["i-1"] });
    const shared = ecs.addImage({ region: REGION, sharedWith: ["2"] });
    const open = ecs.addImage({ region: REGION, isPublic: true });
    const making = ecs.addImage({ region: REGION, status: "Creating" });
    expect(await refusal(client.deleteImage(remove(used.id)))).toBe("403 ImageUsingByInstance");
    expect(await refusal(client.deleteImage(remove(used.id, { force: true })))).toBe("accepted");
    expect(await refusal(client.deleteImage(remove(shared.id)))).toBe("403 ImageUseShared");
    expect(await refusal(client.deleteImage(remove(open.id, { force: true })))).toBe("403 ImageIsPublic");
    expect(await refusal(client.deleteImage(remove(making.id)))).toBe("403 ImageIsCreating");
  }));

test("deleting an unknown image is an error, or accepted with image.deleteUnknown = ok", () =>
  withEcs({}, async ({ ecs, client }) => {
    expect(await refusal(client.deleteImage(remove("m-none")))).toBe("404 InvalidImageId.NotFound");
    ecs.behaviour.image.deleteUnknown = "ok";
    expect(await refusal(client.deleteImage(remove("m-none")))).toBe("accepted");
    expect(await refusal(client.deleteImage(new models.DeleteImageRequest({ regionId: REGION })))).toBe("400 MissingParameter");
  }));
