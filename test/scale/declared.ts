import { COPY_TYPE, EXPORT_TYPE, IMPORT_TYPE } from "../../lib/contract/resources";
import type { ValueObject } from "../../lib/contract/values";

/** An import, export or copy of a configuration. A completion is added to each. */
export interface Declared {
  readonly type: typeof IMPORT_TYPE | typeof EXPORT_TYPE | typeof COPY_TYPE;
  readonly values: ValueObject;
}

export function anImport(name: string, region: string): Declared {
  const disk = { oss_bucket: "images", oss_object: `${name}.qcow2`, format: "QCOW2", disk_image_size: null, device: null };
  return { type: IMPORT_TYPE, values: { image_name: name, region, start_key: name, disk_device_mapping: [disk] } };
}

/** @param imageId an image in that region; it can be exported once at a time */
export function anExport(imageId: string, region: string): Declared {
  return { type: EXPORT_TYPE, values: { image_id: imageId, region, oss_bucket: "exports", oss_prefix: "out" } };
}

export function aCopy(name: string, imageId: string, from: string, to: string): Declared {
  return { type: COPY_TYPE, values: { image_id: imageId, source_region: from, region: to, image_name: name, start_key: name } };
}
