import { oneRun } from "./one-run";
import { within } from "./within";

const LOOK = "print ecs.calls in test/guard/one-run.ts";

describe("a stack calls ECS no more often than it did", () => {
  for (const kind of ["import", "export", "copy"] as const)
    it.each([1, 10, 100])(
      `${kind}: to start %i and wait for tasks of 40 to 60 s, to refresh when they are done, to destroy`,
      async (operations) => {
        const { apply, refresh, destroy } = oneRun({ kind, operations, minutes: [2 / 3, 1] });

        within(["calls", kind, String(operations), "apply"], await apply(), LOOK);
        within(["calls", kind, String(operations), "refresh"], await refresh(), LOOK);
        within(["calls", kind, String(operations), "destroy"], await destroy(), LOOK);
      },
    );

  it.each([1, 10, 100])("import: to start %i and wait for tasks of 15 to 30 minutes", async (operations) => {
    const { apply } = oneRun({ kind: "import", operations, minutes: [15, 30] });

    within(["calls", "longImport", String(operations)], await apply(), LOOK);
  });
});
