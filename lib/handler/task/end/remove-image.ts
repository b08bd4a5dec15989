import { DeadlineError, isEcs } from "../../errors";
import { isMade } from "../watch/assess";
import { nextEndingPoll } from "../watch/cadence";
import type { Clock } from "../clock";
import type { EcsGateway, Image } from "../gateway";
import { backoff, NETWORK_OUTAGE, retry } from "../calls/retry";
import type { PollPatience } from "../watch/poller";

export interface RemoveImageDeps {
  readonly gateway: EcsGateway;
  readonly clock: Clock;
  readonly random: () => number;
  /** Fetches the image, batched with others; null if it does not exist. */
  readonly fetchImage: (imageId: string, patience: PollPatience) => Promise<Image | null>;
}

export interface RemoveImageOptions {
  /** The time on the clock by which it has to be gone. */
  readonly until: number;
  /** Delete the image even if it is finished. */
  readonly evenMade: boolean;
  /** Before this time on the clock, an image that is not listed may still appear. */
  readonly certainFrom: number;
  /** The operation that left it, for messages. */
  readonly what: string;
}

/** Deletes the image of an operation that has ended, and waits until it is gone. True if there was an image to remove. */
export async function removeImage(
  region: string,
  imageId: string,
  { gateway, clock, random, fetchImage }: RemoveImageDeps,
  options: RemoveImageOptions,
): Promise<boolean> {
  const { until, evenMade, certainFrom, what } = options;
  const patience = { until, unreachableFor: NETWORK_OUTAGE };
  let asked = false;
  // Unanswered requests: the next poll shows whether one of them was carried out.
  let lost = 0;
  let seen = false;
  for (let polls = 0; ; polls++) {
    const image = await fetchImage(imageId, patience);
    if (!image && (seen || clock.now() >= certainFrom)) return seen;
    if (image) {
      seen = true;
      if (!evenMade && isMade(image)) return false;
      if (!asked) {
        asked = await requestDeletion();
        if (asked) polls = 0;
      }
    }
    const pause = lost > 0 && !asked ? backoff(null, lost, random) : nextEndingPoll(polls);
    if (clock.now() + pause > until)
      throw new DeadlineError(
        `The image of ${what} ${image ? `still exists (${image.status})` : "may still exist"}, although its task has ended. Destroy again, or delete image ${imageId} in the ECS console.`,
      );
    await clock.sleep(pause);
  }

  /** False while something still uses the image, and if the answer was lost. */
  async function requestDeletion(): Promise<boolean> {
    const call = async (): Promise<boolean> => {
      try {
        await gateway.deleteImage(region, imageId);
        return true;
      } catch (error) {
        if (isEcs(error, "not-found")) return true;
        if (isEcs(error, "unavailable")) lost++;
        else if (!isEcs(error, "in-use")) throw error;
        return false;
      }
    };
    return retry(call, { clock, random, ...patience });
  }
}
