import { oneRun } from "./one-run";
import { within } from "./within";

const LOOK = "print ecs.calls in test/guard/one-run.ts";

const STARTS = { import: "ImportImage", export: "ExportImage", copy: "CopyImage" } as const;

describe("no stack makes more calls to ECS than its ceilings:", () => {
  for (const kind of ["import", "export", "copy"] as const)
    test.each([1, 10, 100])(`${kind}: apply of %i with tasks of 40 to 60 s, refresh and destroy`, async (operations) => {
      const { apply, refresh, destroy } = oneRun({ kind, operations, minutes: [2 / 3, 1] });

      const applied = await apply();

      expect(applied[STARTS[kind]]).toBe(operations);
      within(["calls", kind, String(operations), "apply"], applied, LOOK);
      within(["calls", kind, String(operations), "refresh"], await refresh(), LOOK);
      within(["calls", kind, String(operations), "destroy"], await destroy(), LOOK);
    });

  test.each([1, 10, 100])("import: apply of %i with tasks of 15 to 30 minutes", async (operations) => {
    const { apply } = oneRun({ kind: "import", operations, minutes: [15, 30] });

    const applied = await apply();

    expect(applied["ImportImage"]).toBe(operations);
    within(["calls", "longImport", String(operations)], applied, LOOK);
  });
});
