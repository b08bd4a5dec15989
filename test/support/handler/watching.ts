import { setMaxListeners } from "node:events";
import type { EcsGateway } from "../../../lib/handler/task/gateway";
import { describeOperation } from "../../../lib/handler/task/operation";
import { Watcher } from "../../../lib/handler/task/watch/watcher";
import { REGION, TAG_KEY } from "./builders";
import type { FakeClock } from "./clock";

/** A signal that is never aborted. */
export const never = new AbortController().signal;
setMaxListeners(0, never);

/** A watcher on a fake clock. Its log goes to `logged`. */
export function watcherOn(clock: FakeClock, gateway: EcsGateway, logged: string[], pollInterval?: number): Watcher {
  return new Watcher({
    gateway,
    region: REGION,
    clock,
    random: () => 0.5,
    describe: describeOperation,
    tagKey: TAG_KEY,
    pollInterval,
    log: (message) => logged.push(message),
  });
}
