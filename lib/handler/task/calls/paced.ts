import { isEcs } from "../../errors";
import type { Clock } from "../clock";
import type { EcsGateway } from "../gateway";

/** Reads per second for each region and action, as ECS counts them, and how many may be sent at once: fewer than ten in any second. */
const RATE = 6;
const BURST = 3;
const SHORTEST_GAP = 1_000 / RATE;
/** The longest time between two reads of an action, however often ECS throttles them, in milliseconds. */
const LONGEST_GAP = 8_000;

/**
 * A gateway whose reads stay below the account's quota, which all stacks, users and consoles of the account share. When ECS
 * throttles a read, the rate is halved to leave others their share; it recovers as reads succeed. Starts and cancels are not
 * delayed.
 */
export function paced(gateway: EcsGateway, clock: Clock): EcsGateway {
  const pacers = new Map<string, Pacer>();
  const read = async <T>(action: string, region: string, call: () => Promise<T>): Promise<T> => {
    const key = `${action} ${region}`;
    let pacer = pacers.get(key);
    if (!pacer) pacers.set(key, (pacer = new Pacer(clock)));
    await pacer.turn();
    try {
      const answer = await call();
      pacer.succeeded();
      return answer;
    } catch (error) {
      if (isEcs(error, "throttled")) pacer.throttled();
      throw error;
    }
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
    deleteSnapshot: (...call) => gateway.deleteSnapshot(...call),
    tagSnapshots: (...call) => gateway.tagSnapshots(...call),
    describeSnapshots: (...call) => read("DescribeSnapshots", call[0], () => gateway.describeSnapshots(...call)),
    describeRegions: (...call) => gateway.describeRegions(...call),
    describeTasks: (...call) => read("DescribeTasks", call[0], () => gateway.describeTasks(...call)),
    describeTaskAttribute: (...call) => read("DescribeTaskAttribute", call[0], () => gateway.describeTaskAttribute(...call)),
    describeImages: (...call) => read("DescribeImages", call[0], () => gateway.describeImages(...call)),
  };
}

class Pacer {
  private gap = SHORTEST_GAP;
  private next = 0;

  constructor(private readonly clock: Clock) {}

  /** Resolves when the caller may send its call. Callers take turns in order. */
  async turn(): Promise<void> {
    const now = this.clock.now();
    // Unused turns accumulate only at the full rate.
    const saved = this.gap > SHORTEST_GAP ? 0 : (BURST - 1) * this.gap;
    this.next = Math.max(this.next, now - saved) + this.gap;
    const wait = this.next - this.gap - now;
    if (wait > 0) await this.clock.sleep(wait);
  }

  throttled(): void {
    this.gap = Math.min(LONGEST_GAP, Math.max(1_000, this.gap * 2));
  }

  succeeded(): void {
    this.gap = Math.max(SHORTEST_GAP, this.gap * 0.9);
  }
}
