import { IMPORT_TYPE, RESOURCE_SCHEMAS } from "../../../lib/contract/resources";
import { copyKind } from "../../../lib/handler/resources/copy";
import { exportKind } from "../../../lib/handler/resources/export";
import { importKind } from "../../../lib/handler/resources/import";
import { movedTags, movedText } from "../../../lib/handler/resources/moved";
import { startResource } from "../../../lib/handler/resources/start-resource";
import { resourceContext } from "../../support/handler/resource-context";

const ALICLOUD = "registry.terraform.io/aliyun/alicloud";
const move = (kind: typeof importKind, sourceType: string, sourceState: object, sourceProvider = ALICLOUD) =>
  startResource(kind, resourceContext().context).moveState!({ sourceProvider, sourceType, sourceState } as never);

test("an alicloud_image_import keeps its image, its disks and its arguments", async () => {
  const moved = await move(importKind, "alicloud_image_import", {
    id: "m-1",
    image_name: "web",
    os_type: "linux",
    disk_device_mapping: [{ oss_bucket: "b", oss_object: "o", format: "QCOW2", disk_image_size: 40 }],
  });
  expect(moved!.state).toMatchObject({
    id: "m-1",
    image_id: "m-1",
    image_name: "web",
    os_type: "linux",
    disk_device_mapping: [{ oss_bucket: "b", oss_object: "o", format: "QCOW2", disk_image_size: 40, device: null }],
  });
  expect(Object.keys(moved!.state!).sort()).toEqual(
    expect.arrayContaining(Object.keys(RESOURCE_SCHEMAS[IMPORT_TYPE].block.attributes).sort()),
  );
});

test("an alicloud_image_export keeps its image and its OSS location", async () => {
  const moved = await move(exportKind, "alicloud_image_export", { id: "m-1", oss_bucket: "b", oss_prefix: "p" });
  expect(moved!.state).toMatchObject({ id: "m-1", image_id: "m-1", oss_bucket: "b", oss_prefix: "p" });
});

test("an alicloud_image_copy keeps its source, its name and its tags", async () => {
  const moved = await move(copyKind, "alicloud_image_copy", {
    id: "m-2",
    source_image_id: "m-1",
    source_region_id: "cn-beijing",
    name: "old-attribute",
    tags: { team: "a" },
  });
  expect(moved!.state).toMatchObject({
    id: "m-2",
    image_id: "m-1",
    source_region: "cn-beijing",
    image_name: "old-attribute",
    tags: { team: "a" },
  });
});

test("other providers and other types are not moved", async () => {
  expect(await move(importKind, "alicloud_image_import", { id: "m-1" }, "registry.terraform.io/someone/alicloud")).toBeNull();
  expect(await move(importKind, "alicloud_image_copy", { id: "m-1" })).toBeNull();
});

test("the first attribute with a text is taken, and an empty map of tags becomes null", () => {
  expect(movedText({ image_name: "", name: "web" }, "image_name", "name")).toBe("web");
  expect(movedText({ name: 7 }, "image_name", "name")).toBeNull();
  expect([movedTags({ tags: {} }), movedTags({}), movedTags({ tags: { a: "1" } })]).toEqual([null, null, { a: "1" }]);
});
