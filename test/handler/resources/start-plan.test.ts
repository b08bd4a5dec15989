import { UNKNOWN, type ValueObject } from "../../../lib/contract/values";
import { importKind } from "../../../lib/handler/resources/import";
import { readPrivate, writePrivate, type PrivateData } from "../../../lib/handler/resources/private-data";
import { deriveStartKey, planStart } from "../../../lib/handler/resources/start-plan";
import type { Settings } from "../../../lib/handler/settings";
import { resourceContext } from "../../support/handler/resource-context";

const DISK = { oss_bucket: "images", oss_object: "web.qcow2", format: null, disk_image_size: null, device: null };
const CONFIG: ValueObject = { region: null, image_name: "web", disk_device_mapping: [DISK], tags: null, start_key: null };
const PRIOR: ValueObject = {
  ...CONFIG,
  region: "cn-hangzhou",
  id: "import:cn-hangzhou:t-1:m-1:0",
  start_time: "then",
  task_id: "t-1",
  start_key: "k",
};

function plan(config: ValueObject, prior: ValueObject | null = null, data: PrivateData = {}, settings: Partial<Settings> = {}) {
  const proposed =
    prior === null ? config : { ...prior, ...Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null)) };
  const { context } = resourceContext({}, settings);
  return planStart(importKind, context, { prior, proposed, config, priorPrivate: writePrivate(data) });
}

test("a new import gets the provider's region, and its ids are known after apply", () => {
  const { planned, requiresReplace } = plan(CONFIG);
  expect(planned).toMatchObject({ region: "cn-hangzhou", id: UNKNOWN, task_id: UNKNOWN, image_id: UNKNOWN });
  expect(requiresReplace).toBeUndefined();
});

test("without any region the plan is an error that says what to set", () => {
  expect(plan(CONFIG, null, {}, { region: null }).diagnostics).toEqual([
    expect.objectContaining({ path: ["region"], detail: expect.stringContaining("ALICLOUD_REGION") as string }),
  ]);
});

test("the derived start key depends on the request, but not on its tags, and is unknown while the region is", () => {
  const key = (config: ValueObject) => plan(config).planned["start_key"];
  expect(key(CONFIG)).toMatch(/^auto-[0-9a-f]{32}$/);
  expect(key({ ...CONFIG })).toBe(key(CONFIG));
  expect(key({ ...CONFIG, image_name: "db" })).not.toBe(key(CONFIG));
  expect(key({ ...CONFIG, tags: { team: "a" } })).toBe(key(CONFIG));
  expect(deriveStartKey(importKind, { ...CONFIG, region: UNKNOWN })).toBe(UNKNOWN);
});

test("another disk replaces the import, and the same format in another case changes nothing", () => {
  const prior = { ...PRIOR, disk_device_mapping: [{ ...DISK, format: "QCOW2" }] };
  expect(plan({ ...CONFIG, disk_device_mapping: [{ ...DISK, oss_object: "db.qcow2" }] }, prior).requiresReplace).toEqual([
    ["disk_device_mapping"],
  ]);
  const { planned, requiresReplace } = plan({ ...CONFIG, disk_device_mapping: [{ ...DISK, format: "qcow2" }] }, prior);
  expect(requiresReplace).toEqual([]);
  expect(planned["disk_device_mapping"]).toEqual(prior.disk_device_mapping);
});

test("contract row 7: a failed import is planned for replacement, with a warning that has ECS's status", () => {
  const { planned, requiresReplace, diagnostics, private: bytes } = plan(CONFIG, PRIOR, { failed: "Failed" });
  expect(requiresReplace).toEqual([["id"]]);
  expect(planned["id"]).toBe(UNKNOWN);
  expect(diagnostics).toEqual([
    expect.objectContaining({ severity: "warning", detail: expect.stringContaining("ECS shows it as Failed") as string }),
  ]);
  expect(readPrivate(bytes).failed).toBe("Failed");
});

test("after terraform import, an argument that the state lacks does not replace the resource", () => {
  const prior = { ...PRIOR, disk_device_mapping: [] };
  expect(plan(CONFIG, prior, { imported: true }).requiresReplace).toEqual([]);
  expect(plan(CONFIG, prior).requiresReplace).toEqual([["disk_device_mapping"]]);
});

test("more tags than an image can have are refused with the number to remove", () => {
  const tags = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`k${i}`, "v"]));
  const { diagnostics } = plan({ ...CONFIG, tags });
  expect(diagnostics).toEqual([
    expect.objectContaining({ path: ["tags"], detail: expect.stringMatching(/40 tags.*Remove 26\./) as string }),
  ]);
});
