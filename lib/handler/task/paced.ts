import type { Clock } from "./clock";
import type { EcsGateway } from "./gateway";

/** Reads a second, by region and action as ECS counts them, and how many may go out at once: together under ten in any second. */
const RATE = 6;
const BURST = 3;

/**
 * A gateway whose reads keep below what an account may call: all stacks, people and consoles of the account draw on the same
 * quota, and a read that is turned away is a read lost. Starts and cancels go out at once.
 */
export function paced(gateway: EcsGateway, clock: Clock): EcsGateway {
  const pacers = new Map<string, () => Promise<void>>();
  const turn = (action: string, region: string): Promise<void> => {
    const key = `${action} ${region}`;
    let pacer = pacers.get(key);
    if (!pacer) pacers.set(key, (pacer = createPacer(clock)));
    return pacer();
  };
  return {
    importImage: (...call) => gateway.importImage(...call),
    exportImage: (...call) => gateway.exportImage(...call),
    copyImage: (...call) => gateway.copyImage(...call),
    cancelTask: (...call) => gateway.cancelTask(...call),
    cancelCopyImage: (...call) => gateway.cancelCopyImage(...call),
    deleteImage: (...call) => gateway.deleteImage(...call),
    modifyImage: (...call) => gateway.modifyImage(...call),
    tagImage: (...call) => gateway.tagImage(...call),
    untagImage: (...call) => gateway.untagImage(...call),
    describeTasks: async (...call) => (await turn("DescribeTasks", call[0]), gateway.describeTasks(...call)),
    describeTaskAttribute: async (...call) => (await turn("DescribeTaskAttribute", call[0]), gateway.describeTaskAttribute(...call)),
    describeImages: async (...call) => (await turn("DescribeImages", call[0]), gateway.describeImages(...call)),
  };
}

/** Resolves when the next call may go out, in the order asked. */
function createPacer(clock: Clock): () => Promise<void> {
  const gap = 1000 / RATE;
  let next = 0;
  return async () => {
    const now = clock.now();
    next = Math.max(next, now - (BURST - 1) * gap) + gap;
    const wait = next - gap - now;
    if (wait > 0) await clock.sleep(wait);
  };
}
