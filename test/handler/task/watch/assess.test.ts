import fc from "fast-check";
import {
  assess,
  hasEnded,
  isBeingMade,
  isBroken,
  isMade,
  type Assessment,
  type Observation,
} from "../../../../lib/handler/task/watch/assess";
import type { Image, Task } from "../../../../lib/handler/task/gateway";
import type { Operation } from "../../../../lib/handler/task/operation";
import { aCopy, anExport, anImage, anImport, aTask } from "../../../support/handler/builders";

const RUNS = ["Waiting", "Pending", "Processing", "Paused"];
const GOOD = ["Finished", "Success"];
const BAD = ["Failed", "Deleted", "Cancelled", "Canceled"];
const MINUTE = 60_000;

const tasks: fc.Arbitrary<Task | null | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.constant(null),
  fc.constantFrom(...RUNS, ...GOOD, ...BAD, "Frozen").map((status) => aTask({ status })),
);
const images: fc.Arbitrary<Image | null | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.constant(null),
  fc
    .record({
      status: fc.constantFrom("Waiting", "Creating", "Available", "Deprecated", "UnAvailable", "CreateFailed", "Odd"),
      usable: fc.constantFrom(undefined, true, false),
    })
    .map((over) => anImage(over)),
);
const operations: fc.Arbitrary<Operation> = fc.constantFrom(
  anImport(),
  anImport({ taskId: null }),
  anImport({ imageId: null }),
  anExport(),
  anExport({ taskId: null }),
  aCopy(),
);
const ages = fc.oneof(fc.constantFrom(0, MINUTE - 1, MINUTE, 24 * 60 * MINUTE), fc.nat(10 * MINUTE));
const situations = fc.record({ operation: operations, task: tasks, image: images, age: ages, madeFor: ages });

describe("the verdict on an operation", () => {
  const holds = (
    property: (verdict: Assessment, seen: { operation: Operation; observation: Observation; age: number; madeFor: number }) => void,
  ): void => {
    expect.hasAssertions();
    fc.assert(
      fc.property(situations, ({ operation, task, image, age, madeFor }) => {
        const observation = { task, image };
        property(assess(operation, observation, age, madeFor), { operation, observation, age, madeFor });
      }),
      { numRuns: 2_000 },
    );
  };

  test("is finished for an import or a copy only if the image is made", () => {
    holds((verdict, { operation, observation }) => {
      if (verdict.state === "finished" && operation.kind !== "export") expect(isMade(observation.image!)).toBe(true);
    });
  });

  test("is running while ECS shows the task as running, whatever the image's status", () => {
    holds((verdict, { operation, observation }) => {
      if (observation.task && RUNS.includes(observation.task.status) && operation.taskId !== null) expect(verdict.state).toBe("running");
    });
  });

  test("is never gone while ECS lists the task or the image", () => {
    holds((verdict, { operation, observation }) => {
      if (verdict.state === "gone" && operation.taskId !== null) expect(observation.task ?? null).toBeNull();
      if (verdict.state === "gone" && operation.kind !== "export" && operation.imageId !== null)
        expect(observation.image ?? null).toBeNull();
    });
  });

  test("is never gone, nor failed for a missing image alone, within a minute of the start", () => {
    holds((verdict, { operation, observation, age }) => {
      if (operation.taskId === null && operation.imageId === null) return;
      if (age >= MINUTE || operation.imageId === null || operation.taskId === null) return;
      expect(verdict.state).not.toBe("gone");
      if (verdict.state === "failed" && observation.image === null) expect(BAD).toContain(observation.task?.status);
    });
  });

  test("is failed only for a task that ended badly, a broken image, or an ended task without its image", () => {
    holds((verdict, { operation, observation, age }) => {
      if (verdict.state !== "failed") return;
      const endedBadly = observation.task && BAD.includes(observation.task.status);
      const broken = observation.image && isBroken(observation.image);
      const neverCame = observation.task && observation.image === null && age >= MINUTE;
      const unknownImage = observation.task && operation.imageId === null;
      expect(Boolean(endedBadly ?? false) || Boolean(broken) || Boolean(neverCame) || Boolean(unknownImage)).toBe(true);
    });
  });

  test("asks only for what was not polled, and is decided if task and image were", () => {
    holds((verdict, { observation }) => {
      if (verdict.state === "undecided") expect(observation[verdict.needs]).toBeUndefined();
      if (observation.task !== undefined && observation.image !== undefined) expect(verdict.state).not.toBe("undecided");
    });
  });

  test("on an export does not depend on its image", () => {
    fc.assert(
      fc.property(tasks, images, images, ages, (task, image, other, age) =>
        expect(assess(anExport(), { task, image }, age)).toEqual(assess(anExport(), { task, image: other }, age)),
      ),
    );
  });

  test.each([...RUNS, "Frozen"])("on an export in %s, documented or not, is running", (status) => {
    expect(assess(anExport(), { task: aTask({ status }) }, MINUTE)).toEqual({ state: "running", status });
  });

  test("on an import in an undocumented task status depends on the image", () => {
    expect(assess(anImport(), { task: aTask({ status: "Frozen" }) }, MINUTE)).toEqual({ state: "undecided", needs: "image" });
    expect(assess(anImport(), { task: aTask({ status: "Frozen" }), image: anImage() }, MINUTE).state).toBe("finished");
  });

  test("contract row 12: on an import whose task's record has expired depends on the image", () => {
    expect(assess(anImport(), { task: null, image: anImage() }, 99 * MINUTE)).toEqual({ state: "finished", status: "Finished" });
    expect(assess(anImport(), { task: null, image: anImage({ status: "Creating" }) }, 99 * MINUTE).state).toBe("running");
    expect(assess(anImport(), { task: null, image: null }, 99 * MINUTE).state).toBe("gone");
  });

  test("on an Available image that is not usable is running for a minute from its creation, then finished", () => {
    const observation = { task: aTask({ status: "Finished" }), image: anImage({ usable: false }) };
    expect(assess(anImport(), observation, 30 * MINUTE, 0).state).toBe("running");
    expect(assess(anImport(), observation, 30 * MINUTE, MINUTE).state).toBe("finished");
    expect(assess(anImport(), observation, 0).state).toBe("finished");
  });

  test("on a finished task without an image is failed from a minute after the start", () => {
    const observation = { task: aTask({ status: "Finished" }), image: null };
    expect(assess(anImport(), observation, MINUTE - 1).state).toBe("running");
    expect(assess(anImport(), observation, MINUTE)).toEqual({ state: "failed", status: "Finished, but its image does not exist" });
  });
});

test("a task has ended in the good and bad final statuses, and in no other", () => {
  expect([...RUNS, ...GOOD, ...BAD, "Frozen"].filter((status) => hasEnded(aTask({ status })))).toEqual([...GOOD, ...BAD]);
});

test("an image in any status is exactly one of made, broken and being made", () => {
  for (const status of ["Waiting", "Creating", "Available", "Deprecated", "UnAvailable", "CreateFailed", "Odd"]) {
    const image = anImage({ status });
    expect([isMade(image), isBroken(image), isBeingMade(image)].filter(Boolean)).toHaveLength(1);
  }
});
