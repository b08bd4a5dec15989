import { isOwnTag, STACK_TAG, START_KEY_TAG } from "../../contract/provider";
import { printable } from "../../contract/printable";
import { isSystemTag } from "../../contract/rules/tags";
import type { Value, ValueObject } from "../../contract/values";
import type { Context } from "../context";
import type { Image, Tags } from "../task/gateway";
import type { Operation } from "../task/operation";
import { retry } from "../task/calls/retry";
import { fetchImage } from "../task/watch/fetch";
import { stringMap, text } from "./arguments";

/** How long a change is retried, in milliseconds: ECS refuses it while the image is being made. */
const PATIENCE = 60_000;
/** How long ECS may take to show a change, in milliseconds. */
const SHOWN_WITHIN = 10_000;

/**
 * Name, description and tags as ECS shows them. Arguments that the configuration leaves out are not drift, nor are our own tags and
 * those of Alibaba Cloud's services. Values that differ from the state are cleaned, because Terraform prints them.
 */
export function driftOf(state: ValueObject, image: Image, { settings }: Context, filling: boolean): ValueObject {
  const shown = (name: string, value: string | undefined): string | null =>
    state[name] === null && !filling ? null : seen(value, state[name]);
  const own = stringMap(state["tags"]);
  const isShown = ([key, value]: readonly [string, string]): boolean =>
    isOurs(key) && (Object.hasOwn(own, key) || valueOf(settings.defaultTags, key) !== value);
  const tags = Object.fromEntries(
    Object.entries(image.tags)
      .filter(isShown)
      .map(([key, value]) => [Object.hasOwn(own, key) ? key : printable(key), seen(value, valueOf(own, key))]),
  );
  return {
    ...state,
    image_name: shown("image_name", image.name),
    description: shown("description", image.description),
    tags: Object.keys(tags).length === 0 && state["tags"] === null ? null : tags,
    start_key: filling ? (state["start_key"] ?? image.tags[START_KEY_TAG] ?? null) : state["start_key"]!,
  };
}

/** Builds the request of the arguments; only its tags are used here. */
export type ToRequest = (values: ValueObject, startKey: string) => { readonly tags: Tags };

/** Changes name, description and tags of an image to the planned ones, and our own tags with them. */
export async function changeImage(
  context: Context,
  { region, imageId }: Operation,
  prior: ValueObject,
  planned: ValueObject,
  toRequest: ToRequest,
): Promise<void> {
  if (imageId === null) return;
  const { gateway, clock, random } = context;
  const patience = { clock, random, until: clock.now() + PATIENCE };
  const change = {
    ...(prior["image_name"] !== planned["image_name"] && { imageName: text(planned["image_name"]) ?? "" }),
    ...(prior["description"] !== planned["description"] && { description: text(planned["description"]) ?? "" }),
  };
  if (Object.keys(change).length > 0) await retry(() => gateway.modifyImage(region, imageId, change), patience);

  const before = tagsOf(prior, toRequest);
  const after = tagsOf(planned, toRequest);
  const added = Object.fromEntries(Object.entries(after).filter(([key, value]) => valueOf(before, key) !== value));
  const removed = Object.keys(before).filter((key) => (isOurs(key) || key === STACK_TAG) && !Object.hasOwn(after, key));
  if (Object.keys(added).length > 0) await retry(() => gateway.tagImage(region, imageId, added), patience);
  if (removed.length > 0) await retry(() => gateway.untagImage(region, imageId, removed), patience);
  if (Object.keys(change).length > 0) await untilShown(context, region, imageId, change);
}

/** Waits until ECS shows the change, so that the next plan does not see the old value and change it again. */
async function untilShown(
  { gateway, clock, log }: Context,
  region: string,
  imageId: string,
  change: { readonly imageName?: string; readonly description?: string },
): Promise<void> {
  const until = clock.now() + SHOWN_WITHIN;
  const isShown = (value: string | undefined, wanted: string | undefined): boolean => wanted === undefined || (value ?? "") === wanted;
  for (let pause = 250; ; pause = Math.min(2_000, pause * 2)) {
    // The change has been made; a failed poll does not matter.
    const image = await fetchImage(gateway, region, imageId).catch(() => null);
    if (image && isShown(image.name, change.imageName) && isShown(image.description, change.description)) return;
    if (clock.now() + pause > until) return log("ECS does not show the change yet", { image_id: imageId });
    await clock.sleep(pause);
  }
}

const isOurs = (key: string): boolean => !isOwnTag(key) && !isSystemTag(key);

/** A key can be anything, even `constructor`, so only own properties count. */
const valueOf = (tags: Tags, key: string): string | undefined => (Object.hasOwn(tags, key) ? tags[key] : undefined);

const seen = (value: string | undefined, known: Value | undefined): string | null =>
  value === undefined ? null : value === known ? value : printable(value);

/** The request's tags. An image that was imported without a start key gets none. */
function tagsOf(values: ValueObject, toRequest: ToRequest): Tags {
  const startKey = text(values["start_key"]);
  const all = Object.entries(toRequest(values, startKey ?? "").tags);
  return Object.fromEntries(startKey === undefined ? all.filter(([key]) => !isOwnTag(key)) : all);
}
