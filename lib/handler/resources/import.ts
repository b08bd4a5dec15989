import { errorPaths, IMPORT_ARGUMENTS } from "../../contract/arguments";
import { IMPORT_TYPE, IDENTITY_SCHEMAS, RESOURCE_SCHEMAS } from "../../contract/resources";
import { checkImport } from "../../contract/checks";
import type { ValueObject } from "../../contract/values";
import type { Image } from "../task/gateway";
import { lostStarts } from "../task/start/lost-starts";
import { startImage } from "../task/start/start-image";
import { importById } from "./import-by-id";
import { blocks, text } from "./arguments";
import { changeImage, driftOf } from "./image-attributes";
import { movedBlocks, movedText } from "./moved";
import { describeImport, madeByImport, marksOf, toImportRequest } from "./requests";
import { importArguments } from "./imported-arguments";
import type { StartKind } from "./start-kind";

export const importKind: StartKind = {
  kind: "import",
  type: IMPORT_TYPE,
  schema: RESOURCE_SCHEMAS[IMPORT_TYPE],
  identity: IDENTITY_SCHEMAS[IMPORT_TYPE],
  arguments: IMPORT_ARGUMENTS,
  errorPaths: errorPaths(IMPORT_ARGUMENTS),

  validate: checkImport,

  start(context, config, region, options) {
    const request = toImportRequest(config, { region, startKey: options.startKey, defaultTags: context.settings.defaultTags });
    const call = (token: string) => context.gateway.importImage(region, request, token);
    return startImage(
      {
        kind: "import",
        region,
        request,
        ...marksOf(request),
        asked: describeImport(config),
        call,
        matches: (image) => madeByImport(image, config),
      },
      context.starting(region),
      options,
    );
  },

  outputs: ({ taskId, imageId }) => ({ task_id: taskId, image_id: imageId }),

  drift(state, image, context, filling) {
    const drifted = driftOf(state, image, context, filling);
    return filling ? { ...drifted, ...described(drifted, image) } : drifted;
  },

  update: (context, operation, prior, planned) =>
    changeImage(context, operation, prior, planned, (values, startKey) =>
      toImportRequest(values, { region: operation.region, startKey, defaultTags: context.settings.defaultTags }),
    ),

  async lost(context, operation, prior, until) {
    const { region } = operation;
    const request = toImportRequest(prior, { region, startKey: text(prior["start_key"])!, defaultTags: context.settings.defaultTags });
    return lostStarts("import", operation, marksOf(request), context.starting(region), until);
  },

  importById: (context, region, id) => importById(context, "import", region, id),
  importedArguments: importArguments,

  moveFrom(sourceType, source) {
    if (sourceType !== "alicloud_image_import") return null;
    const disks = movedBlocks(source, "disk_device_mapping");
    const features = movedBlocks(source, "features");
    return {
      id: movedText(source, "id")!,
      image_id: movedText(source, "id"),
      image_name: movedText(source, "image_name"),
      description: movedText(source, "description"),
      architecture: movedText(source, "architecture"),
      os_type: movedText(source, "os_type"),
      platform: movedText(source, "platform"),
      boot_mode: movedText(source, "boot_mode"),
      license_type: movedText(source, "license_type"),
      role_name: movedText(source, "role_name"),
      resource_group_id: movedText(source, "resource_group_id"),
      disk_device_mapping: disks.map((disk) => ({
        oss_bucket: movedText(disk, "oss_bucket"),
        oss_object: movedText(disk, "oss_object"),
        format: movedText(disk, "format"),
        disk_image_size: typeof disk["disk_image_size"] === "number" ? disk["disk_image_size"] : null,
        device: movedText(disk, "device"),
      })),
      features: features
        .slice(0, 1)
        .map((feature) => ({ nvme_support: movedText(feature, "nvme_support"), imds_support: movedText(feature, "imds_support") })),
    };
  },
};

/** After `terraform import`: the arguments as the image shows them. */
function described(state: ValueObject, image: Image): ValueObject {
  const known = (name: string, value: string | undefined) => state[name] ?? value ?? null;
  const disks = image.disks.filter((disk) => disk.ossBucket && disk.ossObject);
  const given = blocks(state["disk_device_mapping"]);
  return {
    architecture: known("architecture", image.architecture),
    os_type: known("os_type", image.osType),
    platform: known("platform", image.platform),
    boot_mode: known("boot_mode", image.bootMode),
    disk_device_mapping:
      given.length > 0
        ? given
        : disks.map((disk) => ({
            oss_bucket: disk.ossBucket!,
            oss_object: disk.ossObject!,
            format: disk.format ?? null,
            disk_image_size: disk.sizeGiB ?? null,
            device: disk.device ?? null,
          })),
  };
}
