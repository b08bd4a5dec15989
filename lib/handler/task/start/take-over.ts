import { EcsError, TakenError } from "../../errors";
import { isBeingMade, isMade } from "../watch/assess";
import { compareMarks } from "./compare-marks";
import type { Image } from "../gateway";
import { capitalized, type Operation } from "../operation";
import { orAbort } from "../calls/or-abort";
import { retry } from "../calls/retry";
import type { ImageStart } from "./start-image";
import { parseEcsTime } from "../parse-ecs-time";
import { taskOfImage } from "../watch/task-of-image";
import type { StartDeps, Started, StartOptions } from "./starter";

/**
 * Takes on what an earlier run started under this key by this very request, and lost. What this state owns, or another
 * resource of this run has, is none of it. What bears the key for another request is an error: it may be a colleague's or
 * another stack's, so it is neither taken on nor ended.
 */
export async function takeOverTagged(start: ImageStart, deps: StartDeps, options: StartOptions): Promise<Started | null> {
  const tagged = await retry(() => deps.finder.byStartKey(options.startKey), patience(deps, options.until));
  const found = tagged.filter((image) => !isClaimedOrOwned(image, start, deps) && (options.takeOverMade || isBeingMade(image)));
  for (const image of found) {
    const started = await takeOver(image, start, deps, options);
    if (started) return started;
  }
  if (found.length > 0) throw new TakenError(bearsTheKey(found[0]!, start, deps, options));
  return null;
}

/**
 * The wanted name is held, or what is wanted is in use: takes on what holds the name where that is what was asked for. What
 * will let go of it in this run is to be waited for; everything else is an error that names the holder.
 *
 * @param waited whether it was waited for already
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
  // Gone a moment later; or it is not the name that is in use.
  if (!holder) return "wait";
  for (const image of named) {
    const started = isClaimedOrOwned(image, start, deps) ? null : await takeOver(image, start, deps, options);
    if (started) return started;
  }
  const operation = bare(holder, start);
  if (deps.claims.isEnding(operation)) return "wait";
  // A destroy of the same run, of another resource, may be about to begin.
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

/** The operation that made, or makes, an image. */
export async function operationOf(
  image: Image,
  start: Pick<ImageStart, "kind" | "region">,
  { gateway, clock, random }: StartDeps,
  until: number,
): Promise<Operation> {
  const task = await retry(() => taskOfImage({ ...start, imageId: image.imageId }, { gateway, clock }), { clock, random, until });
  return { ...bare(image, start), taskId: task?.taskId ?? null, startedAt: parseEcsTime(image.creationTime, clock.date()) };
}

/** Null where the image is not what was asked for, or may be somebody else's. */
async function takeOver(image: Image, start: ImageStart, deps: StartDeps, options: StartOptions): Promise<Started | null> {
  if (compareMarks(image, { ...options, ...start }, deps) !== "same") return null;
  if (!isBeingMade(image) && !options.takeOverMade) return null;
  assertNotReplaced(image, start, deps, options);
  const operation = await orAbort(operationOf(image, start, deps, options.until), deps.run.signal);
  const note = `${capitalized(deps.describe(operation))} was started by an earlier run that did not save it. ECS shows its image as ${image.status}.`;
  return { operation, generation: options.generation, takenOver: { note, image } };
}

/** Where the plan was made elsewhere, a finished image may be the very one that this apply replaces. */
export function assertNotReplaced(
  image: Image,
  start: Pick<ImageStart, "asked" | "region">,
  { ownership }: Pick<StartDeps, "ownership">,
  options: Pick<StartOptions, "startKey">,
): void {
  if (isMade(image) && !ownership.isKnown) throw new TakenError(maybeReplaced(image, start, options));
}

/** This state owns it, or another resource of this run has it. */
const isClaimedOrOwned = (image: Image, start: ImageStart, { claims, ownership }: StartDeps): boolean =>
  claims.has(bare(image, start)) || ownership.has(bare(image, start));

const bare = ({ imageId }: Image, { kind, region }: Pick<ImageStart, "kind" | "region">): Operation => ({
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

/** Where the plan was made elsewhere, what is found may be what this very apply replaces. */
const unlessReplaced = "If this apply replaces it (create_before_destroy with a plan that was saved elsewhere), apply without a saved plan";

function bearsTheKey(image: Image, { asked, region }: ImageStart, { ownership }: StartDeps, { startKey }: StartOptions): string {
  return (
    `${capitalized(described(image))} bears start_key "${startKey}", but was not started by this request, which asks for ${asked}. ` +
    `Nothing was started, cancelled or deleted. If another stack or somebody else made the image, set another start_key here. ` +
    `If it is left over from this stack, take it over with terraform import (id ${region}/${image.imageId}), or delete it in the ECS console.` +
    (ownership.isKnown ? "" : ` ${unlessReplaced}.`)
  );
}

function maybeReplaced(
  image: Image,
  { asked, region }: Pick<ImageStart, "asked" | "region">,
  { startKey }: Pick<StartOptions, "startKey">,
): string {
  return (
    `${capitalized(described(image))} bears start_key "${startKey}" and is what this request asks for (${asked}), but it cannot be told whether this state owns it already, ` +
    `as the plan was made elsewhere. Nothing was started. ${unlessReplaced}. ` +
    `If the state lost it, take it over with terraform import (id ${region}/${image.imageId}), or delete it in the ECS console.`
  );
}

function whoHolds(holder: Image, name: string, start: ImageStart, deps: StartDeps, options: StartOptions): string {
  const operation = bare(holder, start);
  const taken = `The name "${name}" is taken by ${described(holder)}`;
  if (deps.ownership.has(operation))
    return (
      `${taken}, which is in this very state: most likely it is the image that is being replaced, and create_before_destroy keeps it until the new one is there. ` +
      `Two images in a region cannot have one name. Give image_name a suffix that changes with what is imported or copied, leave image_name out, or do without create_before_destroy.`
    );
  if (deps.claims.has(operation)) return `${taken}, which another resource of this run has started. Give each its own image_name.`;
  if (holder.tags[deps.tagKey] === options.startKey) return `${taken}. ${bearsTheKey(holder, start, deps, options)}`;
  return `${taken}. Choose another image_name, or delete that image, or take it over with terraform import (id ${start.region}/${holder.imageId}).`;
}

const patience = ({ clock, random, run }: StartDeps, until: number) => ({ clock, random, until, signal: run.signal });
