import { createFinder } from "../../../lib/handler/task/start/finder";
import { describeOperation, type Operation } from "../../../lib/handler/task/operation";
import { Ownership, type PlanNote } from "../../../lib/handler/task/start/ownership";
import { Run } from "../../../lib/handler/task/end/run";
import type { Ended } from "../../../lib/handler/task/end/end-operation";
import { Claims } from "../../../lib/handler/task/start/claims";
import type { StartDeps } from "../../../lib/handler/task/start/start-deps";
import type { StartOptions } from "../../../lib/handler/task/start/start-options";
import { Watcher } from "../../../lib/handler/task/watch/watcher";
import { REGION, REQUEST_TAG_KEY, TAG_KEY } from "./builders";
import { FakeClock, START } from "./clock";
import { fakeGateway, type FakeGateway, type Scripts } from "./gateway";

export interface Starting {
  readonly clock: FakeClock;
  readonly gateway: FakeGateway;
  readonly run: Run;
  readonly deps: StartDeps;
  readonly ownership: Ownership;
  readonly options: StartOptions;
  /** The operations that were ended and removed by `discard`. */
  readonly discarded: Operation[];
  /** The operations that the run has ended. */
  readonly ended: Operation[];
}

const ENDED: Ended = { outcome: "ended", status: "Deleted", cancelled: true, imageRemoved: true };

/** All that a start needs, with a scripted ECS. */
export function starting(scripts: Scripts, over: Partial<StartOptions> = {}, note?: PlanNote): Starting {
  const clock = new FakeClock();
  const gateway = fakeGateway(scripts);
  const random = (): number => 0.5;
  const discarded: Operation[] = [];
  const ended: Operation[] = [];
  const log = (): void => undefined;
  const run = new Run({ clock, log, describe: describeOperation, end: async (operation) => (ended.push(operation), ENDED) });
  const ownership = new Ownership(note);
  const deps: StartDeps = {
    gateway,
    clock,
    random,
    describe: describeOperation,
    run,
    claims: new Claims(),
    ownership,
    tagKey: TAG_KEY,
    requestTagKey: REQUEST_TAG_KEY,
    finder: createFinder(gateway, REGION, TAG_KEY, clock),
    watcher: new Watcher({ gateway, region: REGION, clock, random, describe: describeOperation, tagKey: TAG_KEY, log }),
    discard: async (operation) => (discarded.push(operation), ENDED),
    removeMarkedSnapshots: async () => undefined,
  };
  return {
    clock,
    gateway,
    run,
    deps,
    ownership,
    discarded,
    ended,
    options: { startKey: "stack/web", takeOverMade: true, generation: 0, until: START + 600_000, ...over },
  };
}
