import { EcsError, isEcs } from "../errors";
import { isBeingMade, isMade } from "./assess";
import { clientToken } from "./client-token";
import type { Image } from "./gateway";
import { describeOperation, type Operation } from "./operation";
import { callStart } from "./call-start";
import { retry } from "./retry";
import { freshness, type Freshness } from "./freshness";
import { parseEcsTime, type StartDeps, type Started, type StartOptions } from "./starter";

interface StartAnswer {
  readonly taskId: string | null;
  readonly imageId: string;
}

/** An import or a copy: a call that takes a ClientToken and makes an image. */
export interface ImageStart {
  readonly kind: "import" | "copy";
  readonly region: string;
  /** The request, all of it: another request means another token. */
  readonly request: { readonly imageName?: string };
  readonly call: (token: string) => Promise<StartAnswer>;
  /** Could this image be what the request makes? */
  readonly matches: (image: Image) => boolean;
}

/** Each destroy and re-apply within the life of ECS's tokens costs one generation. */
const GENERATIONS = 200;
/** Pause before another attempt while another task holds the image or its name, in milliseconds. */
const IN_USE_PAUSE = 5_000;

/**
 * Starts an import or a copy, or takes on the one that an earlier run started and lost.
 *
 * Images that carry the start key come first: they show what a lost run left, whatever its arguments were. Then the token
 * decides: ECS answers a known token with the operation it stands for. One that is over and gone makes way for the next
 * generation of the token.
 */
export async function startImage(start: ImageStart, deps: StartDeps, options: StartOptions): Promise<Started> {
  return deps.claims.inTurn(options.startKey, async () => {
    const started = (await adoptTagged(start, deps, options)) ?? (await startByToken(start, deps, options));
    deps.claims.take(started.operation);
    return started;
  });
}

async function adoptTagged(start: ImageStart, deps: StartDeps, options: StartOptions): Promise<Started | null> {
  const tagged = await retry(() => deps.finder.byStartKey(options.startKey), patience(deps, options.until));
  return adoptFrom(tagged, start, deps, options);
}

/** The first image that the request could have made; what is ours and cannot be used is removed on the way. */
async function adoptFrom(images: readonly Image[], start: ImageStart, deps: StartDeps, options: StartOptions): Promise<Started | null> {
  for (const image of images) {
    const operation = await operationOf(image, start, deps, options.until);
    if (deps.claims.has(operation)) continue;
    if (start.matches(image) && (isBeingMade(image) || (isMade(image) && options.adoptMade))) {
      return {
        operation,
        generation: options.generation,
        adopted: `${describeOperation(operation)}, ${image.status}, was started by an earlier run that did not save it.`,
      };
    }
    // A usable image that does not match may have been left on purpose: it is not ours to remove.
    if (!isMade(image)) await deps.run.bounded(deps.run.track(deps.discard(operation, options.until)));
  }
  return null;
}

/** The operations that made, or make, the images with this start key. */
export async function operationsByKey(
  kind: "import" | "copy",
  region: string,
  startKey: string,
  deps: StartDeps,
  until: number,
): Promise<Operation[]> {
  const images = await retry(() => deps.finder.byStartKey(startKey), patience(deps, until));
  return Promise.all(images.map((image) => operationOf(image, { kind, region }, deps, until)));
}

async function operationOf(
  image: Image,
  { kind, region }: Pick<ImageStart, "kind" | "region">,
  { gateway, clock, random }: StartDeps,
  until: number,
): Promise<Operation> {
  const startedAt = parseEcsTime(image.creationTime, clock.date());
  const operation: Operation = { kind, region, taskId: null, imageId: image.imageId, startedAt };
  if (kind === "copy") return operation;
  const query = { resourceIds: [image.imageId], action: "ImportImage", pageSize: 100 };
  const page = await retry(() => gateway.describeTasks(region, query), { clock, random, until });
  const task = page.items.find((item) => item.resourceId === image.imageId && item.action === "ImportImage");
  return task ? { ...operation, taskId: task.taskId } : operation;
}

async function startByToken(start: ImageStart, deps: StartDeps, options: StartOptions): Promise<Started> {
  const { clock, claims } = deps;
  let slow = false;
  for (let generation = options.generation; generation < options.generation + GENERATIONS; generation++) {
    const startedAt = clock.date();
    const answer = await callOrAdopt(start, deps, options, clientToken(options.startKey, start.request, generation));
    if (answer === "other-request") continue;
    if ("operation" in answer) return answer;
    const operation: Operation = { kind: start.kind, region: start.region, ...answer, startedAt };
    if (claims.has(operation)) continue;
    // From here on something may run: where a look fails, the ids go into the state, and the wait for the end will tell.
    const found: Freshness = await freshness(operation, options, deps, slow).catch((): Freshness => "fresh");
    if (found === "fresh") return { operation, generation };
    slow ||= found === "cancelled";
    if (clock.now() > options.until) break;
  }
  throw new Error(
    `Every start that ECS answered stood for an operation that is over: start_key "${options.startKey}" was used too often for one request. Set another start_key and try again.`,
  );
}

async function callOrAdopt(
  start: ImageStart,
  deps: StartDeps,
  options: StartOptions,
  token: string,
): Promise<StartAnswer | Started | "other-request"> {
  const operationOfAnswer = (answer: StartAnswer): Operation => ({
    kind: start.kind,
    region: start.region,
    ...answer,
    startedAt: deps.clock.date(),
  });
  for (;;) {
    try {
      return await callStart(() => start.call(token), { what: start.kind, until: options.until, toOperation: operationOfAnswer }, deps);
    } catch (error) {
      if (isEcs(error, "token-mismatch")) return "other-request";
      if (!isEcs(error, "duplicate-name", "in-use")) throw error;
      const adopted = await adoptNamed(start, deps, options, error);
      if (adopted) return adopted;
      if (deps.clock.now() + IN_USE_PAUSE > options.until) throw error;
      await deps.clock.sleep(IN_USE_PAUSE, deps.run.signal);
    }
  }
}

/** The name is taken: by what a lost run of ours is making, or by somebody else, which is an error. */
async function adoptNamed(start: ImageStart, deps: StartDeps, options: StartOptions, error: EcsError): Promise<Started | null> {
  const { imageName } = start.request;
  if (imageName === undefined) {
    if (error.kind === "in-use") return null;
    throw error;
  }
  const named = await retry(() => deps.finder.byName(imageName), patience(deps, options.until));
  // Whether tags show while an image is being made is not documented: then its source has to do.
  const ours = named.filter(
    (image) =>
      image.tags[deps.tagKey] === options.startKey || (isBeingMade(image) && image.tags[deps.tagKey] === undefined && start.matches(image)),
  );
  const adopted = await adoptFrom(ours, start, deps, options);
  if (adopted || ours.length > 0 || named.length === 0) return adopted;
  const holder = named[0]!;
  throw new EcsError({
    kind: "duplicate-name",
    action: error.action,
    code: error.code,
    message: `The name "${imageName}" is taken by image ${holder.imageId} (${holder.status}). Choose another image_name, or delete that image, or take it over with terraform import.`,
    requestId: error.requestId,
    cause: error,
  });
}

const patience = ({ clock, random, run }: StartDeps, until: number) => ({ clock, random, until, signal: run.signal });
