import { callsByAction } from "../scale/figures";
import { aCopy, anExport, anImport, type Declared } from "../scale/declared";
import { InProcessEcs } from "../scale/in-process-ecs";
import { PluginProcess, type Applied, type Kept } from "../scale/plugin-process";
import { FakeClock, START } from "../support/handler/clock";
import { seeded } from "../sweep/random";

export type Calls = { readonly [action: string]: number };

export interface Commands {
  /** Starts all operations and waits for them. */
  apply(): Promise<Calls>;
  /** Another run after all have finished. */
  refresh(): Promise<Calls>;
  destroy(): Promise<Calls>;
}

export interface RunOptions {
  readonly kind: "import" | "export" | "copy";
  readonly operations: number;
  /** How long tasks take: spread evenly between these two numbers of minutes. */
  readonly minutes: readonly [number, number];
}

const REGION = "cn-hangzhou";
const ELSEWHERE = "cn-beijing";
const MINUTE = 60_000;

/** One stack in virtual time, with a plugin process for each command. Returns the calls that each command makes. */
export function oneRun({ kind, operations, minutes }: RunOptions): Commands {
  const clock = new FakeClock(START, { whole: true, together: true });
  const random = seeded(operations);
  const [least, most] = minutes;
  let started = 0;
  const ecs = new InProcessEcs({
    clock,
    latency: () => 100,
    duration: () => Math.round((least + ((most - least) * ((started++ * 37) % operations)) / operations) * MINUTE),
    behaviour: { copy: { concurrent: operations } },
  });
  const source = (): string => ecs.addImage({ region: REGION });
  const declare = (i: number): Declared => {
    if (kind === "import") return anImport(`image-${i}`, REGION);
    return kind === "export" ? anExport(source(), REGION) : aCopy(`image-${i}`, source(), REGION, ELSEWHERE);
  };
  const declared = Array.from({ length: operations }, (_, i) => declare(i));
  let kept: readonly Kept[] = [];
  const command = async (work: (plugin: PluginProcess) => Promise<Applied>): Promise<Calls> => {
    ecs.calls.length = 0;
    const plugin = await PluginProcess.boot({ ecs, clock, random, region: REGION, parallelism: Infinity });
    const applied = await clock.runUntil(work(plugin));
    if (applied.errors.length > 0) throw new Error(applied.errors.map(({ summary, detail }) => `${summary}: ${detail}`).join("\n"));
    kept = applied.kept;
    // The next command comes an hour later.
    await clock.runUntil(clock.sleep(60 * MINUTE));
    return callsByAction(ecs.calls);
  };
  return {
    apply: () => command((plugin) => plugin.apply(declared)),
    refresh: () => command((plugin) => plugin.refresh(kept)),
    destroy: () => command((plugin) => plugin.destroy(kept)),
  };
}
