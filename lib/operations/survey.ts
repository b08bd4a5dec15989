import type { Context } from "../handler/context";
import { listRegion, type ListedOperation } from "../handler/operations/list-region";
import { retry } from "../handler/task/calls/retry";
import { BATCH } from "../handler/task/watch/fetch";

/** What was found, and where ECS could not be asked. */
export interface Survey {
  readonly found: readonly ListedOperation[];
  readonly failures: readonly { readonly region: string; readonly error: unknown }[];
}

/** Milliseconds that throttling, or a network that is away, may hold a look at a region up. */
const PATIENCE = 30_000;
/** What is nice to know may cost so many calls more: the names of images that bear no tag of ours, and how far exports are. */
const EXTRA_CALLS = 8;
/** Where the environment names no region, this one's endpoint says which there are. */
const ANY_REGION = "cn-hangzhou";

/** All regions of the account. */
export async function allRegions({ gateway, clock, random, settings }: Context): Promise<readonly string[]> {
  const patience = { clock, random, until: clock.now() + PATIENCE };
  return retry(() => gateway.describeRegions(settings.region ?? ANY_REGION), patience);
}

/** Looks at all of the regions at once. A region that cannot be asked takes nothing from the others. */
export async function survey(context: Context, regions: readonly string[]): Promise<Survey> {
  const until = context.clock.now() + PATIENCE;
  const looks = await Promise.allSettled(regions.map((region) => listRegion(region, context, until)));
  const failures = looks.flatMap((look, index) =>
    look.status === "rejected" ? [{ region: regions[index]!, error: look.reason as unknown }] : [],
  );
  const found = looks.flatMap((look) => (look.status === "fulfilled" ? look.value : []));
  return { found: await withExtras(context, found), failures };
}

/** With what only further calls tell of what runs; where they fail or would be too many, it stays unknown. */
async function withExtras({ gateway }: Context, found: readonly ListedOperation[]): Promise<readonly ListedOperation[]> {
  const extras = new Map<ListedOperation, Partial<ListedOperation>>();
  let calls = EXTRA_CALLS;
  const running = found.filter(({ state, operation }) => state === "running" && operation.taskId !== null);
  for (const listed of running.filter(({ operation, progress }) => operation.kind === "export" && progress === null)) {
    if (calls-- <= 0) break;
    const { region, taskId } = listed.operation;
    const details = await gateway.describeTaskAttribute(region, taskId!).catch(() => null);
    extras.set(listed, { progress: details?.progress ?? null });
  }
  const unnamed = running.filter(({ name, operation }) => name === null && operation.imageId !== null);
  for (const region of new Set(unnamed.map(({ operation }) => operation.region))) {
    if (calls-- <= 0) break;
    const here = unnamed.filter(({ operation }) => operation.region === region);
    // One by its id; of several, those that the first page holds.
    const imageId = here.length === 1 ? here[0]!.operation.imageId! : undefined;
    const { items } = await gateway.describeImages(region, { imageId, pageSize: BATCH }).catch(() => ({ items: [] }));
    for (const listed of here) {
      const image = items.find((item) => item.imageId === listed.operation.imageId);
      const progress = listed.operation.kind === "export" ? {} : { progress: image?.progress ?? null };
      if (image) extras.set(listed, { ...extras.get(listed), name: image.name ?? null, ...progress });
    }
  }
  return found.map((listed) => ({ ...listed, ...extras.get(listed) }));
}
