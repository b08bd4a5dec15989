import { SnapshotTrail } from "../../../../lib/handler/task/end/snapshot-trail";
import { anImage, ecsError, IMAGE, REGION } from "../../../support/handler/builders";
import { FakeClock } from "../../../support/handler/clock";
import { fakeGateway, type Scripts } from "../../../support/handler/gateway";

const SNAPSHOT = "s-bp67acfmxazb4p****";
const named = anImage({ status: "Creating", disks: [{ snapshotId: SNAPSHOT }] });

/** A trail of an image that is about to go, whose snapshots are marked as scripted. */
function trailing(tagSnapshots: Scripts["tagSnapshots"]) {
  const clock = new FakeClock();
  const gateway = fakeGateway({ tagSnapshots });
  const random = () => 0.5;
  const trail = new SnapshotTrail({ gateway, clock, random, region: REGION, imageId: IMAGE, tagKey: "of", known: [], keepMade: false });
  return { clock, gateway, trail };
}

test("a mark that ECS turns away for now is tried again before the image goes: after a crash nothing else tells its snapshots", async () => {
  const { clock, gateway, trail } = trailing([ecsError("throttled"), undefined]);
  await clock.runUntil(trail.saw(named));
  expect(gateway.of("tagSnapshots")).toEqual(Array(2).fill([REGION, [SNAPSHOT], { of: IMAGE }]));
});

test("a mark that RAM refuses, or that does not come through within seconds, keeps the image from nothing", async () => {
  for (const kind of ["forbidden", "unavailable"] as const) {
    const { clock, trail } = trailing([ecsError(kind)]);
    const begun = clock.now();
    await clock.runUntil(trail.saw(named));
    expect(clock.now() - begun).toBeLessThanOrEqual(5_000);
    expect(await trail.marked()).toEqual([SNAPSHOT]);
  }
});
