import { Listing, needsItsTask, type Watched } from "../../../../lib/handler/task/watch/listing";
import { aCopy, anExport, anImport } from "../../../support/handler/builders";

const NOW = 1_000_000;

describe("listing images instead of polling tasks", () => {
  const imports = (count: number, over: Partial<Watched> = {}): Watched[] =>
    Array.from({ length: count }, (_, i) => ({
      operation: anImport({ taskId: `t-${i}`, imageId: `m-${i}` }),
      begun: NOW - 10_000,
      taskSeenAt: NOW - 1_000,
      ...over,
    }));

  test("is due for several imports whose tasks were polled lately", () => {
    expect(new Listing().isDue(imports(10), imports(10), NOW)).toBe(true);
  });

  test("is not due for a single import, because the poll of its task shows its progress", () => {
    expect(new Listing().isDue(imports(1), imports(1), NOW)).toBe(false);
  });

  test.each([
    ["was never polled", undefined],
    ["was polled eight seconds ago", NOW - 8_000],
  ])("is not due if a task %s", (_, taskSeenAt) => {
    const due = [...imports(3), ...imports(1, { taskSeenAt })];
    expect(new Listing().isDue(due, due, NOW)).toBe(false);
  });

  describe("with a list of ten pages", () => {
    const all = imports(1_000);
    const listing = new Listing();
    listing.done(10, all, NOW);
    const ended = (count: number, over?: Partial<Watched>) => imports(count, { expectedEnd: NOW - 1_000, ...over });

    test("is due if as many images would need a poll after their tasks", () => {
      expect(listing.isDue([...ended(9), ...imports(91)], all, NOW)).toBe(true);
      expect(listing.isDue([...ended(8), ...imports(91)], all, NOW)).toBe(false);
    });

    test("is due in the same way if tasks need a poll too", () => {
      expect(listing.isDue(ended(10, { taskSeenAt: NOW - 8_000 }), all, NOW)).toBe(true);
      expect(listing.isDue(ended(9, { taskSeenAt: NOW - 8_000 }), all, NOW)).toBe(false);
    });
  });

  test("is due for copies, which have no task", () => {
    const due = [1, 2].map((n) => ({ operation: aCopy({ imageId: `m-${n}` }), begun: NOW }));
    expect(new Listing().isDue(due, due, NOW)).toBe(true);
  });

  describe("if it takes more calls than it saves", () => {
    const all = imports(1_000);
    test.each([
      ["for a few of a thousand", all.slice(0, 100), all, 10],
      ["beside exports, whose tasks are polled anyway", [...imports(3), { operation: anExport(), begun: NOW }], imports(3), 1],
      ["if the list does not show all images", imports(3), imports(3), Infinity],
    ])("is due only now and then %s", (_, due, watched, pages) => {
      const listing = new Listing();
      listing.done(pages, watched, NOW);
      expect(listing.isDue(due, watched, NOW + 5_000)).toBe(false);
      expect(listing.isDue(due, watched, NOW + 7_000)).toBe(false);
      const later = due.map((one) => ({ ...one, taskSeenAt: NOW + 20_000 }));
      expect(listing.isDue(later, watched, NOW + 10_000)).toBe(true);
    });

    test("is due more rarely once every end is forecast", () => {
      const listing = new Listing();
      const watched = imports(3, { expectedEnd: NOW + 60_000, taskSeenAt: NOW + 20_000 });
      listing.done(Infinity, watched, NOW);
      expect(listing.isDue(watched, watched, NOW + 19_000)).toBe(false);
      expect(listing.isDue(watched, watched, NOW + 20_000)).toBe(true);
    });
  });
});

describe("a look at a task", () => {
  test.each([
    ["is needed for an import whose task was never seen", anImport(), undefined, true],
    ["is needed for an import whose task was seen eight seconds ago", anImport(), NOW - 8_000, true],
    ["is not needed for an import whose task was seen lately", anImport(), NOW - 7_999, false],
    ["is not needed for a copy, which has no task", aCopy(), undefined, false],
  ])("%s", (_, operation, taskSeenAt, needed) => {
    expect(needsItsTask({ operation, begun: NOW - 60_000, taskSeenAt }, NOW)).toBe(needed);
  });
});
