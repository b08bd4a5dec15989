import { EcsError, StartKeyInUseError } from "../../errors";
import { isBeingMade, isMade } from "../watch/assess";
import { compareMarks } from "./compare-marks";
import type { Image } from "../gateway";
import { capitalized, type Operation } from "../operation";
import { orAbort } from "../calls/or-abort";
import { retry } from "../calls/retry";
import type { ImageStart } from "./image-start";
import { isClaimedOrOwned } from "./is-claimed-or-owned";
import { parseEcsTime } from "../parse-ecs-time";
import { taskOfImage } from "../watch/task-of-image";
import type { StartDeps } from "./start-deps";
import type { StartOptions } from "./start-options";
import type { Started } from "./started";

/**
 * Takes over the operation that a crashed run started with this key and this request. Operations that this state owns or another
 * resource of this run has claimed do not count. An image with the key but another request is an error: it may belong to a
 * colleague or another stack, so it is neither taken over nor ended.
 */
export async function takeOverTagged(start: ImageStart, deps: StartDeps, options: StartOptions): Promise<Started | null> {
  const tagged = await retry(() => deps.finder.byStartKey(options.startKey), patience(deps, options.until));
  const found = tagged.filter(
    (image) => !isClaimedOrOwned(operationWithoutTask(image, start), deps) && (options.takeOverMade || isBeingMade(image)),
  );
  for (const image of found) {
    const started = await takeOver(image, start, deps, options);
    if (started) return started;
  }
  if (found.length > 0) throw new StartKeyInUseError(keyIsInUse(found[0], start, deps, options));
  return null;
}

/**
 * Decides what to do when the image's name or source is in use. Takes over the image that has the name if this request started
 * it. Waits if this run is going to free the name. Otherwise throws an error that names the image.
 *
 * @param waited whether the caller has waited before
 */
export async function judgeNameHolder(
  start: ImageStart,
  deps: StartDeps,
  options: StartOptions,
  error: EcsError,
  waited: boolean,
): Promise<Started | "wait"> {
  const { imageName } = start.request;
  if (imageName === undefined) {
    if (error.kind === "in-use") return "wait";
    throw error;
  }
  const named = await retry(() => deps.finder.byName(imageName), patience(deps, options.until));
  const [holder] = named;
  // The image has gone meanwhile, or something other than the name is in use.
  if (!holder) return "wait";
  for (const image of named) {
    const started = isClaimedOrOwned(operationWithoutTask(image, start), deps) ? null : await takeOver(image, start, deps, options);
    if (started) return started;
  }
  const operation = operationWithoutTask(holder, start);
  if (deps.claims.isEnding(operation)) return "wait";
  // A destroy of another resource in this run may be about to begin.
  if (deps.ownership.has(operation) && !waited) return "wait";
  throw new EcsError({
    kind: "duplicate-name",
    action: error.action,
    code: error.code,
    message: whoHolds(holder, imageName, start, deps, options),
    requestId: error.requestId,
    cause: error,
  });
}

/** The operation that made, or is making, an image. */
export async function operationOf(
  image: Image,
  start: Pick<ImageStart, "kind" | "region">,
  { gateway, clock, random }: StartDeps,
  until: number,
): Promise<Operation> {
  const task = await retry(() => taskOfImage({ ...start, imageId: image.imageId }, { gateway, clock }), { clock, random, until });
  return { ...operationWithoutTask(image, start), taskId: task?.taskId ?? null, startedAt: parseEcsTime(image.creationTime, clock.date()) };
}

/** Null if the image is not what was asked for or may belong to somebody else. */
async function takeOver(image: Image, start: ImageStart, deps: StartDeps, options: StartOptions): Promise<Started | null> {
  if (compareMarks(image, { ...options, ...start }, deps) !== "same") return null;
  if (!isBeingMade(image) && !options.takeOverMade) return null;
  assertNotReplaced(image, start, deps, options);
  const operation = await orAbort(operationOf(image, start, deps, options.until), deps.run.signal);
  const note = `${capitalized(deps.describe(operation))} was started by an earlier run that did not save it. ECS shows its image as ${image.status}.`;
  return { operation, generation: options.generation, takenOver: { note, image } };
}

/** Throws if the plan was made elsewhere and the image has finished: it may be the one that this apply replaces. */
export function assertNotReplaced(
  image: Image,
  start: Pick<ImageStart, "asked" | "region">,
  { ownership }: Pick<StartDeps, "ownership">,
  options: Pick<StartOptions, "startKey">,
): void {
  if (isMade(image) && !ownership.isKnown) throw new StartKeyInUseError(maybeReplaced(image, start, options));
}

const operationWithoutTask = ({ imageId }: Image, { kind, region }: Pick<ImageStart, "kind" | "region">): Operation => ({
  kind,
  region,
  taskId: null,
  imageId,
  startedAt: 0,
});

function described({ imageId, name, status, disks }: Image): string {
  const object = disks.find(({ ossObject }) => ossObject !== undefined);
  const from = object ? `, from ${object.ossBucket ?? "?"}/${object.ossObject}` : "";
  return `image ${imageId} (${name === undefined ? "" : `"${name}", `}${status}${from})`;
}

/** If the plan was made elsewhere, the image may be the one that this apply replaces. */
const unlessReplaced = "If this apply replaces it (create_before_destroy with a plan that was saved elsewhere), apply without a saved plan";

function keyIsInUse(image: Image, { asked, region }: ImageStart, { ownership }: StartDeps, { startKey }: StartOptions): string {
  return (
    `${capitalized(described(image))} has start_key "${startKey}", but was not started by this request, which asks for ${asked}. ` +
    `Nothing was started, cancelled or deleted. If another stack or another person made the image, set another start_key here. ` +
    `If it is a leftover of this stack, add it to the state with terraform import (id ${region}/${image.imageId}), or delete it in the ECS console.` +
    (ownership.isKnown ? "" : ` ${unlessReplaced}.`)
  );
}

function maybeReplaced(
  image: Image,
  { asked, region }: Pick<ImageStart, "asked" | "region">,
  { startKey }: Pick<StartOptions, "startKey">,
): string {
  return (
    `${capitalized(described(image))} has start_key "${startKey}" and is what this request asks for (${asked}). But the plan was made elsewhere, so the provider does not ` +
    `know whether this state already owns the image. Nothing was started. ${unlessReplaced}. ` +
    `If the state lost it, add it again with terraform import (id ${region}/${image.imageId}), or delete it in the ECS console.`
  );
}

function whoHolds(holder: Image, name: string, start: ImageStart, deps: StartDeps, options: StartOptions): string {
  const operation = operationWithoutTask(holder, start);
  const taken = `The name "${name}" is taken by ${described(holder)}`;
  if (deps.ownership.has(operation))
    return (
      `${taken}, which is in this state: most likely this apply replaces it, and create_before_destroy keeps it until the new image exists. ` +
      `Two images in a region cannot have the same name. Give image_name a suffix that changes with the source, leave image_name out, or remove create_before_destroy.`
    );
  if (deps.claims.has(operation)) return `${taken}, which another resource of this run has started. Give each its own image_name.`;
  if (holder.tags[deps.tagKey] === options.startKey) return `${taken}. ${keyIsInUse(holder, start, deps, options)}`;
  return `${taken}. Choose another image_name, or delete that image, or add it to the state with terraform import (id ${start.region}/${holder.imageId}).`;
}

const patience = ({ clock, random, run }: StartDeps, until: number) => ({ clock, random, until, signal: run.signal });
