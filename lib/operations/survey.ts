import type { Context } from "../handler/context";
import { listRegion, type ListedOperation } from "../handler/operations/list-region";
import { withExtras } from "../handler/operations/extras";
import { retry } from "../handler/task/calls/retry";

/** The operations that were found, and the regions that could not be listed. */
export interface Survey {
  readonly found: readonly ListedOperation[];
  readonly failures: readonly { readonly region: string; readonly error: unknown }[];
}

/** How long to retry in a region when ECS throttles or the network fails, in milliseconds. */
const PATIENCE = 30_000;
/** The region whose endpoint lists all regions if the environment names no region. */
const ANY_REGION = "cn-hangzhou";

export async function allRegions({ gateway, clock, random, settings }: Context): Promise<readonly string[]> {
  const patience = { clock, random, until: clock.now() + PATIENCE };
  return retry(() => gateway.describeRegions(settings.region ?? ANY_REGION), patience);
}

/** Lists the operations of all regions in parallel. A region that fails does not affect the others. */
export async function survey(context: Context, regions: readonly string[]): Promise<Survey> {
  const until = context.clock.now() + PATIENCE;
  const looks = await Promise.allSettled(regions.map((region) => listRegion(region, context, until)));
  const failures = looks.flatMap((look, index) => (look.status === "rejected" ? [{ region: regions[index], error: look.reason }] : []));
  const found = looks.flatMap((look) => (look.status === "fulfilled" ? look.value.operations : []));
  return { found: await withExtras(context.gateway, found), failures };
}
