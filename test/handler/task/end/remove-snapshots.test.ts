import type { EcsErrorKind } from "../../../../lib/handler/errors";
import { removeSnapshots } from "../../../../lib/handler/task/end/remove-snapshots";
import { ecsError, REGION } from "../../../support/handler/builders";
import { FakeClock, START } from "../../../support/handler/clock";
import { fakeGateway } from "../../../support/handler/gateway";

describe("a snapshot that cannot be deleted", () => {
  async function left(kind: EcsErrorKind, code?: string) {
    const clock = new FakeClock();
    const gateway = fakeGateway({ deleteSnapshot: [ecsError(kind, code === undefined ? {} : { code })] });
    const snapshots = { byId: async () => null, markedFor: async () => [] };
    const removal = removeSnapshots(
      REGION,
      ["s-1"],
      { gateway, clock, random: () => 0.5, snapshots },
      { until: START + 60_000, madeFrom: 0 },
    );
    return (await clock.runUntil(removal)).map(({ because }) => because);
  }

  test.each<EcsErrorKind>(["expired", "credentials", "settings", "unavailable"])(
    "is left to the next destroy after a temporary error (%s)",
    async (kind) => expect(await left(kind)).toEqual(["pending"]),
  );

  test("is kept if RAM refuses the deletion", async () => expect(await left("forbidden")).toEqual(["kept"]));

  test("is kept if another image uses it", async () => expect(await left("in-use", "SnapshotCreatedImage")).toEqual(["kept"]));

  test("counts as deleted if ECS does not know it", async () => expect(await left("not-found")).toEqual([]));
});
