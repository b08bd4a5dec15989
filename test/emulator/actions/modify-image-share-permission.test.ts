import { REGION, models, refusal, withEcs } from "../support/sdk";

const share = (over: { [name: string]: unknown }) =>
  new models.ModifyImageSharePermissionRequest({ regionId: REGION, imageId: "m-web", ...over });

const WEB = { region: REGION, id: "m-web" };

const accounts = (count: number, from = 100) => Array.from({ length: count }, (_, index) => String(from + index));

test("ModifyImageSharePermission adds and removes accounts, at most ten a call", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.addImage(WEB);
    await client.modifyImageSharePermission(share({ addAccount: accounts(12) }));
    expect(ecs.images[0]!.sharedWith).toEqual(accounts(10));
    await client.modifyImageSharePermission(share({ removeAccount: accounts(9), isPublic: true }));
    expect(ecs.images[0]).toMatchObject({ sharedWith: ["109"], isPublic: true });
  }));

test.each([
  [{}, {}, "400 MissingParameter"],
  [{}, { imageId: "m-none", addAccount: ["2"] }, "404 InvalidImageId.NotFound"],
  [{}, { addAccount: ["nobody"] }, "404 InvalidAccount.NotFound"],
  [{}, { addAccount: ["1000000000000001"] }, "404 InvalidAccount.Forbbiden"],
  [{ sharedWith: accounts(50) }, { addAccount: ["2"] }, "403 QuotaExceed.ShareImage"],
  [{ status: "Creating" }, { addAccount: ["2"] }, "403 OperationDenied.InvalidImageStatus"],
  [{ disks: [{ encrypted: true }] }, { addAccount: ["2"] }, "403 OperationDeined.EncryptedSnapshot"],
  [{}, { addAccount: ["2"], dryRun: true }, "400 DryRunOperation"],
] as const)("ModifyImageSharePermission of an image with %j by %j returns %s", (image, over, answer) =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.addImage({ ...WEB, ...image });
    expect(await refusal(client.modifyImageSharePermission(share(over)))).toBe(answer);
  }),
);
