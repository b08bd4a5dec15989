import { checkRegion } from "../../contract/rules/region";
import type { CommandContext } from "../command";
import { CommandError, UsageError } from "../errors";
import { inOneLine, type Reached } from "./engine";
import type { ListedOperation } from "../../operations";

/** The flags that select regions. */
export const REGION_FLAGS = { region: "values", "all-regions": "switch" } as const;

export interface RegionFlags {
  readonly region: readonly string[];
  readonly "all-regions": boolean;
}

/** The regions to search if no flag names any: the one that the environment names, or all. */
export type UsualRegions = "environment" | "all";

/** @throws UsageError for flags that can't be used together, and for an invalid region */
export function checkRegionFlags(flags: RegionFlags): void {
  if (flags["all-regions"] && flags.region.length > 0)
    throw new UsageError("--region and --all-regions can't be used together. Remove one of them.");
  for (const region of flags.region) {
    const finding = checkRegion(region, "--region");
    if (finding) throw new UsageError(finding.detail.replaceAll("`", ""));
  }
}

/** The operations in the regions, and a complaint about each region that did not answer. */
export interface Looked {
  readonly regions: readonly string[];
  readonly found: readonly ListedOperation[];
  readonly complaints: readonly string[];
}

/**
 * Lists the operations in the regions that the flags select.
 *
 * @throws CommandError if none of the regions answered
 */
export async function look({ engine, core }: Reached, flags: RegionFlags, { env }: CommandContext, usual: UsualRegions): Promise<Looked> {
  const regions = await regionsOf();
  const { found, failures } = await engine.survey(core, regions);
  const complaints = failures.map(({ region, error }) => `Could not list operations in ${region}: ${inOneLine(engine, error)}`);
  if (regions.length === 0)
    throw new CommandError("ECS lists no region for this account, so there is nothing to search. Check ECS_ENDPOINT.");
  if (failures.length === regions.length) throw new CommandError(complaints[0]);
  return { regions, found, complaints };

  async function regionsOf(): Promise<readonly string[]> {
    if (flags.region.length > 0) return [...new Set(flags.region)];
    const own = engine.environmentRegion(env);
    if (own !== null && usual === "environment" && !flags["all-regions"]) return [own];
    try {
      return await engine.allRegions(core);
    } catch (error) {
      throw new CommandError(`Could not list the regions: ${inOneLine(engine, error)}`, { cause: error });
    }
  }
}

/** Regions for a message. */
export const where = (regions: readonly string[]): string => (regions.length > 3 ? `${regions.length} regions` : regions.join(", "));
