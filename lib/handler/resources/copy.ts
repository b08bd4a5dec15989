import { errorPaths, COPY_ARGUMENTS } from "../../contract/arguments";
import { COPY_TYPE, IDENTITY_SCHEMAS, RESOURCE_SCHEMAS } from "../../contract/resources";
import { checkCopy } from "../../contract/checks";
import { lostStarts } from "../task/start/lost-starts";
import { startImage } from "../task/start/start-image";
import { importById } from "./import-by-id";
import { text } from "./arguments";
import { changeImage, driftOf } from "./image-attributes";
import { movedTags, movedText } from "./moved";
import { describeCopy, madeByCopy, marksOf, toCopyRequest } from "./requests";
import type { StartKind } from "./start-kind";

export const copyKind: StartKind = {
  kind: "copy",
  type: COPY_TYPE,
  schema: RESOURCE_SCHEMAS[COPY_TYPE],
  identity: IDENTITY_SCHEMAS[COPY_TYPE],
  arguments: COPY_ARGUMENTS,
  errorPaths: errorPaths(COPY_ARGUMENTS),

  validate: checkCopy,

  async start(context, config, region, options) {
    const request = toCopyRequest(config, { region, startKey: options.startKey, defaultTags: context.settings.defaultTags });
    const sourceRegion = text(config["source_region"])!;
    const call = async (token: string) => ({
      taskId: null,
      ...(await context.gateway.copyImage(sourceRegion, request, token)),
    });
    return startImage(
      {
        kind: "copy",
        region,
        request,
        ...marksOf(request),
        asked: describeCopy(config, region),
        call,
        matches: (image) => madeByCopy(image, config),
      },
      context.starting(region),
      options,
    );
  },

  outputs: () => ({}),
  drift: driftOf,
  update: (context, operation, prior, planned) =>
    changeImage(context, operation, prior, planned, (values, startKey) =>
      toCopyRequest(values, { region: operation.region, startKey, defaultTags: context.settings.defaultTags }),
    ),
  async lost(context, operation, prior, until) {
    const { region } = operation;
    const request = toCopyRequest(prior, { region, startKey: text(prior["start_key"])!, defaultTags: context.settings.defaultTags });
    return lostStarts("copy", operation, marksOf(request), context.starting(region), until);
  },
  importById: (context, region, id) => importById(context, "copy", region, id),

  moveFrom(sourceType, source) {
    if (sourceType !== "alicloud_image_copy") return null;
    return {
      id: movedText(source, "id")!,
      image_id: movedText(source, "source_image_id", "image_id"),
      source_region: movedText(source, "source_region_id"),
      image_name: movedText(source, "image_name", "name"),
      description: movedText(source, "description"),
      encrypted: typeof source["encrypted"] === "boolean" ? source["encrypted"] : null,
      kms_key_id: movedText(source, "kms_key_id"),
      resource_group_id: movedText(source, "resource_group_id"),
      tags: movedTags(source),
    };
  },
};
