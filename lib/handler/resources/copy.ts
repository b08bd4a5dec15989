import { errorPaths, COPY_ARGUMENTS } from "../../contract/arguments";
import { COPY_TYPE, RESOURCE_SCHEMAS } from "../../contract/resources";
import { checkCopy } from "../../contract/rules";
import { operationsByKey, startImage } from "../task/start-image";
import { adoptById, movedTags, movedText } from "./adopt";
import { text } from "./arguments";
import { changeImage, driftOf } from "./image-attributes";
import { madeByCopy, toCopyRequest } from "./requests";
import type { StartKind } from "./start-kind";

export const copyKind: StartKind = {
  kind: "copy",
  type: COPY_TYPE,
  schema: RESOURCE_SCHEMAS[COPY_TYPE],
  arguments: COPY_ARGUMENTS,
  errorPaths: errorPaths(COPY_ARGUMENTS),

  validate: checkCopy,

  async start(context, config, region, options) {
    const request = toCopyRequest(config, region, options.startKey, context.settings.defaultTags);
    const call = async (token: string) => ({
      taskId: null,
      ...(await context.gateway.copyImage(text(config["source_region"])!, request, token)),
    });
    return startImage(
      { kind: "copy", region, request, call, matches: (image) => madeByCopy(image, request) },
      context.starting(region),
      options,
    );
  },

  outputs: () => ({}),
  drift: driftOf,
  update: changeImage,
  lost: async (context, region, prior, until) =>
    operationsByKey("copy", region, text(prior["start_key"])!, context.starting(region), until),
  adopt: (context, region, id) => adoptById(context, "copy", region, id),

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
