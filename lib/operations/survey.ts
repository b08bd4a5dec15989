import type { Context } from "../handler/context";
import { listRegion, type ListedOperation } from "../handler/operations/list-region";
import { withExtras } from "../handler/operations/extras";
import { retry } from "../handler/task/calls/retry";

/** What was found, and where ECS could not be asked. */
export interface Survey {
  readonly found: readonly ListedOperation[];
  readonly failures: readonly { readonly region: string; readonly error: unknown }[];
}

/** Milliseconds that throttling, or a network that is away, may hold a look at a region up. */
const PATIENCE = 30_000;
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
  const found = looks.flatMap((look) => (look.status === "fulfilled" ? look.value.operations : []));
  return { found: await withExtras(context.gateway, found), failures };
}
