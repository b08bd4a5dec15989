import { REGION, models, refusal, startImport, withEcs } from "../support/sdk";

const modify = (over: { [name: string]: unknown }) =>
  new models.ModifyImageAttributeRequest({ regionId: REGION, imageId: "m-web", ...over });

const WEB = { region: REGION, id: "m-web", name: "web" };

const imds = (imdsSupport: string) => new models.ModifyImageAttributeRequestFeatures({ imdsSupport });

test("ModifyImageAttribute changes only the attributes that are given", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.addImage({ ...WEB, description: "old" });
    await client.modifyImageAttribute(modify({ imageName: "site", imageFamily: "sites", bootMode: "UEFI-Preferred" }));
    expect(ecs.images[0]).toMatchObject({ name: "site", description: "old", bootMode: "UEFI-Preferred" });
    await client.modifyImageAttribute(modify({ description: "new" }));
    expect(ecs.images[0]).toMatchObject({ name: "site", description: "new" });
    const byFamily = await client.describeImages(new models.DescribeImagesRequest({ regionId: REGION, imageFamily: "sites" }));
    expect(byFamily.body!.totalCount).toBe(1);
    await startImport(client, { imageName: "web" });
  }));

test("an image becomes Deprecated and Available again", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.addImage(WEB);
    expect(await refusal(client.modifyImageAttribute(modify({ status: "Available" })))).toBe("403 ImageStatus.NotDeprecated");
    await client.modifyImageAttribute(modify({ status: "Deprecated" }));
    expect(await refusal(client.modifyImageAttribute(modify({ status: "Deprecated" })))).toBe("403 ImageStatus.NotAvailable");
    await client.modifyImageAttribute(modify({ status: "Available" }));
    expect(ecs.images[0]!.status).toBe("Available");
  }));

test.each([
  [{}, { imageId: undefined }, "400 MissingParameter"],
  [{}, { imageId: "m-none" }, "404 InvalidImageId.NotFound"],
  [{}, { imageName: "-" }, "400 InvalidImageName.Malformed"],
  [{}, { imageName: "taken" }, "400 InvalidImageName.Duplicated"],
  [{}, { imageName: "web" }, "accepted"],
  [{}, { description: "http://x" }, "400 InvalidDescription.Malformed"],
  [{}, { imageFamily: "acs:x" }, "400 InvalidImageFamily.Malformed"],
  [{}, { bootMode: "FLOPPY" }, "400 InvalidBootMode.NotSupport"],
  [{ architecture: "arm64" }, { bootMode: "BIOS" }, "400 InvalidBootMode.NotSupport"],
  [{}, { licenseType: "GPL" }, "400 InvalidLicenseType.NotSupported"],
  [{}, { features: imds("v3") }, "400 InvalidParameter.FeaturesImdsSupport"],
  [{}, { status: "Gone" }, "400 InvalidParameter.Status"],
  [{ status: "Creating" }, { imageName: "other" }, "403 InvalidStatus.ImageIsCreating"],
  [{ sharedWith: ["2"] }, { status: "Deprecated" }, "403 ImageUseShared"],
  [{}, { dryRun: true }, "400 DryRunOperation"],
] as const)("ModifyImageAttribute of an image with %j by %j returns %s", (image, over, answer) =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.addImage({ ...WEB, ...image });
    ecs.addImage({ region: REGION, name: "taken" });
    expect(await refusal(client.modifyImageAttribute(modify(over)))).toBe(answer);
  }),
);

test("an image that requires IMDS v2 cannot go back to v1", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.addImage(WEB);
    await client.modifyImageAttribute(modify({ features: imds("v2") }));
    expect(await refusal(client.modifyImageAttribute(modify({ features: imds("v1") })))).toBe(
      "403 InvalidOperation.FeaturesImdsSupportNotMatch",
    );
  }));

test("with image.attributeDelay a new name and description show after that time", () =>
  withEcs({ behaviour: { image: { attributeDelay: 1_000 } } }, async ({ ecs, client }) => {
    ecs.addImage({ ...WEB, description: "old" });
    await client.modifyImageAttribute(modify({ imageName: "site", description: "new" }));
    const shown = async () => {
      const { body } = await client.describeImages(new models.DescribeImagesRequest({ regionId: REGION, imageId: "m-web" }));
      return body!.images!.image!.map(({ imageName, description }) => `${imageName} ${description}`)[0];
    };
    expect(await shown()).toBe("web old");
    ecs.advance(1_000);
    expect(await shown()).toBe("site new");
  }));
