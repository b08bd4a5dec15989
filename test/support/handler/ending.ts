import type { Observation } from "../../../lib/handler/task/watch/assess";
import { fetchImage } from "../../../lib/handler/task/watch/fetch";
import { describeOperation, type Operation } from "../../../lib/handler/task/operation";
import { endOperation, type EndOptions } from "../../../lib/handler/task/end/end-operation";
import { REGION } from "./builders";
import { FakeClock } from "./clock";
import { fakeGateway, type FakeGateway, type Scripts } from "./gateway";

const HOUR = 3_600_000;

/** Ends an operation on a fake clock, with scripted polls and calls. The last poll is repeated. */
export function ending(
  clock: FakeClock,
  operation: Operation,
  polls: readonly (Observation | Error)[],
  scripts: Scripts,
  over: Partial<EndOptions> = {},
) {
  const gateway = fakeGateway(scripts);
  let turn = 0;
  const poll = async (): Promise<Observation> => {
    const observation = polls[Math.min(turn++, polls.length - 1)]!;
    if (observation instanceof Error) throw observation;
    return observation;
  };
  const work = endOperation(
    operation,
    {
      gateway,
      clock,
      random: () => 0.5,
      describe: describeOperation,
      poll,
      fetchImage: (imageId) => fetchImage(gateway, REGION, imageId),
    },
    { until: clock.now() + HOUR, remove: "any", trusted: false, ...over },
  );
  return { gateway, work, outcome: clock.runUntil(work, 2 * HOUR), polls: () => turn };
}

export const cancels = (gateway: FakeGateway) => gateway.of("cancelTask").length;
