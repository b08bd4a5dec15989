import { SnapshotTrail } from "../../../../lib/handler/task/end/snapshot-trail";
import { anImage, ecsError, IMAGE, REGION } from "../../../support/handler/builders";
import { FakeClock } from "../../../support/handler/clock";
import { fakeGateway, type Scripts } from "../../../support/handler/gateway";

const SNAPSHOT = "s-bp67acfmxazb4p****";
const named = anImage({ status: "Creating", disks: [{ snapshotId: SNAPSHOT }] });

/** The trail of an image that is about to be removed; ECS answers the marking of its snapshots as scripted. */
function trailing(tagSnapshots: Scripts["tagSnapshots"]) {
  const clock = new FakeClock();
  const gateway = fakeGateway({ tagSnapshots });
  const random = () => 0.5;
  const trail = new SnapshotTrail({ gateway, clock, random, region: REGION, imageId: IMAGE, tagKey: "of", known: [], keepMade: false });
  return { clock, gateway, trail };
}

test("a mark that ECS throttles is set again before the image is removed, because only the mark leads to the snapshots after a crash", async () => {
  const { clock, gateway, trail } = trailing([ecsError("throttled"), undefined]);
  await clock.runUntil(trail.saw(named));
  expect(gateway.of("tagSnapshots")).toEqual(Array(2).fill([REGION, [SNAPSHOT], { of: IMAGE }]));
});

test("a mark that RAM refuses, or that ECS does not answer within 5 s, does not stop the removal of the image", async () => {
  for (const kind of ["forbidden", "unavailable"] as const) {
    const { clock, trail } = trailing([ecsError(kind)]);
    const begun = clock.now();
    await clock.runUntil(trail.saw(named));
    expect(clock.now() - begun).toBeLessThanOrEqual(5_000);
    expect(await trail.marked()).toEqual([SNAPSHOT]);
  }
});
