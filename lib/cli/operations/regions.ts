import { checkRegion } from "../../contract/rules/region";
import type { CommandContext } from "../command";
import { CommandError, UsageError } from "../errors";
import { inOneLine, type Reached } from "./engine";
import type { ListedOperation } from "../../operations";

/** The flags that say where to look. */
export const REGION_FLAGS = { region: "values", "all-regions": "switch" } as const;

export interface RegionFlags {
  readonly region: readonly string[];
  readonly "all-regions": boolean;
}

/** Where no flag says it: in the environment's region, or in all. */
export type UsualRegions = "environment" | "all";

/** @throws UsageError for flags that exclude each other, and for what is no region */
export function checkRegionFlags(flags: RegionFlags): void {
  if (flags["all-regions"] && flags.region.length > 0)
    throw new UsageError("--region and --all-regions exclude each other. Leave one of them out.");
  for (const region of flags.region) {
    const finding = checkRegion(region, "--region");
    if (finding) throw new UsageError(finding.detail.replaceAll("`", ""));
  }
}

/** What the regions hold, and the complaints about those that could not be asked. */
export interface Looked {
  readonly regions: readonly string[];
  readonly found: readonly ListedOperation[];
  readonly complaints: readonly string[];
}

/**
 * Lists what is in the regions that the flags name.
 *
 * @throws CommandError when none of them could be asked
 */
export async function look({ engine, core }: Reached, flags: RegionFlags, { env }: CommandContext, usual: UsualRegions): Promise<Looked> {
  const regions = await regionsOf();
  const { found, failures } = await engine.survey(core, regions);
  const complaints = failures.map(({ region, error }) => `${region} could not be asked: ${inOneLine(engine, error)}`);
  if (failures.length === regions.length) throw new CommandError(complaints[0]!);
  return { regions, found, complaints };

  async function regionsOf(): Promise<readonly string[]> {
    if (flags.region.length > 0) return [...new Set(flags.region)];
    const own = engine.environmentRegion(env);
    if (own !== null && usual === "environment" && !flags["all-regions"]) return [own];
    try {
      return await engine.allRegions(core);
    } catch (error) {
      throw new CommandError(`the regions cannot be listed: ${inOneLine(engine, error)}`, { cause: error });
    }
  }
}
