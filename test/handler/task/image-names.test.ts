import type { EcsGateway } from "../../../lib/handler/task/gateway";
import { ImageNames } from "../../../lib/handler/task/image-names";
import { aCopy, anExport, anImage, anImport, IMAGE, importRequest, page, REGION, TASK } from "../../support/handler/builders";
import { fakeGateway } from "../../support/handler/gateway";

let names: ImageNames;
let gateway: EcsGateway;
beforeEach(() => {
  names = new ImageNames();
  gateway = names.learnFrom(
    fakeGateway({
      importImage: [{ taskId: TASK, imageId: IMAGE }],
      copyImage: [{ imageId: IMAGE }],
      describeImages: [page(anImage({ name: "golden-db" }))],
    }),
  );
});

test("an import is named by the image name in its request", async () => {
  await gateway.importImage(REGION, importRequest({ imageName: "golden-db" }), "token");
  expect(names.describe(anImport())).toBe(`import ${TASK} of golden-db (image ${IMAGE}, ${REGION})`);
});

test("a copy is named by the image name in its request", async () => {
  await gateway.copyImage(REGION, importRequest({ imageName: "golden-db" }), "token");
  expect(names.describe(aCopy())).toBe(`copy of golden-db (image ${IMAGE}, ${REGION})`);
});

test("an export is named by its image's name in ECS's list", async () => {
  await gateway.describeImages(REGION, { imageId: IMAGE });
  expect(names.describe(anExport())).toBe(`export ${TASK} of golden-db (image ${IMAGE}, ${REGION})`);
});

test("an operation without an image name is named by the image's id", async () => {
  await gateway.importImage(REGION, importRequest({ imageName: undefined }), "token");
  expect(names.describe(anImport())).toBe(`import ${TASK} of image ${IMAGE} (${REGION})`);
});
