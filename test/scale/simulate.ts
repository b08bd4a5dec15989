import { START_KEY_TAG } from "../../lib/contract/provider";
import type { ThrottleRule } from "../../lib/emulator";
import { seeded } from "../sweep/random";
import { anImport } from "./declared";
import { figuresOf, type Figures } from "./figures";
import { InProcessEcs } from "./in-process-ecs";
import { PluginProcess, type Applied } from "./plugin-process";
import { Slots } from "./slots";
import { FakeClock, START } from "../support/handler/clock";

/** The stacks that are applied in one account at about the same time. */
export interface Scenario {
  /** Each is a Terraform run with its own plugin process. */
  readonly stacks: number;
  /** Imports of each stack. */
  readonly operations: number;
  /** Over how many regions each stack spreads them. Default 1. */
  readonly regions?: number;
  /** Calls that ECS serves by account, region and action. Default: any number. */
  readonly quota?: Pick<ThrottleRule, "limit" | "per">;
  /** The provider's `poll_interval`. Default: none, so it adapts. */
  readonly pollInterval?: string;
  /** Terraform's `-parallelism`. Default: enough for all. */
  readonly parallelism?: number;
  /** How many stacks run at the same time, as `cdktf deploy --parallelism` has it. Default: all. */
  readonly atOnce?: number;
  /** Images of earlier runs in each region, with the tag of a start key. Default 0. */
  readonly oldImages?: number;
  /** Seconds within which the stacks' runs begin. Default 60. */
  readonly within?: number;
  /** The shortest and the longest duration of a task, in minutes. Default 10 to 20. */
  readonly minutes?: readonly [number, number];
  /** Default 1. */
  readonly seed?: number;
}

const MINUTE = 60_000;
/** Milliseconds from a call to its answer. */
const LATENCY = [60, 240] as const;
/** Regions of the public cloud. */
const REGIONS = [
  "cn-hangzhou",
  "cn-shanghai",
  "cn-beijing",
  "cn-shenzhen",
  "cn-qingdao",
  "cn-zhangjiakou",
  "cn-huhehaote",
  "cn-chengdu",
  "ap-southeast-1",
  "eu-central-1",
];

/** Runs the scenario in virtual time with the real provider and the emulator. The same scenario gives the same figures. */
export async function simulate(scenario: Scenario): Promise<Figures> {
  const { stacks, operations, regions = 1, quota, pollInterval, parallelism = Infinity, atOnce = stacks, seed = 1 } = scenario;
  const { oldImages = 0, within = 60, minutes = [10, 20] } = scenario;
  if (regions > REGIONS.length) throw new RangeError(`regions is ${regions}; there are names for 1 to ${REGIONS.length}`);
  const random = seeded(seed);
  const between = ([low, high]: readonly [number, number]): number => low + (high - low) * random();
  const clock = new FakeClock(START, { whole: true, together: true });
  const ecs = new InProcessEcs({
    clock,
    latency: () => between(LATENCY),
    duration: () => Math.round(between(minutes) * MINUTE),
    throttle: quota ? [quota] : [],
  });
  for (const region of REGIONS.slice(0, regions))
    for (let i = 0; i < oldImages; i++) ecs.addImage({ region, name: `old-${i}`, tags: { [START_KEY_TAG]: `old-${i}` } });

  const began = clock.now();
  const slots = new Slots(atOnce);
  const run = async (stack: number): Promise<Applied> => {
    await clock.sleep((within * 1000 * stack) / stacks);
    return slots.use(async () => {
      const plugin = await PluginProcess.boot({
        ecs,
        clock,
        random: seeded(seed * 1_000 + stack),
        region: REGIONS[0]!,
        pollInterval,
        parallelism,
      });
      return plugin.apply(Array.from({ length: operations }, (_, i) => anImport(`s${stack}-${i}`, REGIONS[i % regions]!)));
    });
  };
  const applied = await clock.runUntil(Promise.all(Array.from({ length: stacks }, (_, stack) => run(stack))));
  return figuresOf(applied, ecs, { began, ended: clock.now(), operations: stacks * operations });
}
