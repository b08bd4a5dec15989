import { freshness } from "../../../../lib/handler/task/start/freshness";
import {
  aCopy,
  anImage,
  anImport,
  aTask,
  details,
  ecsError,
  IMAGE,
  page,
  REGION,
  FINGERPRINT,
  MINE,
  REQUEST_TAG_KEY,
  TAG_KEY,
  TASK,
} from "../../../support/handler/builders";
import { START } from "../../../support/handler/clock";
import type { Scripts } from "../../../support/handler/gateway";
import { starting } from "../../../support/handler/start";
import type { Image } from "../../../../lib/handler/task/gateway";
import type { Operation } from "../../../../lib/handler/task/operation";

const unlisted: Scripts = { describeTaskAttribute: [ecsError("not-found")], describeTasks: [page()], describeImages: [page()] };
const now = new Date(START).toISOString();
const ASKED = {
  kind: "import",
  region: REGION,
  fingerprint: FINGERPRINT,
  asked: "an import",
  matches: ({ name }: Image) => name === "web",
} as const;

function judging(scripts: Scripts, operation: Operation = anImport(), over: { takeOverMade?: boolean; slow?: boolean } = {}) {
  const start = starting(
    { describeTasks: [page()], describeImages: [page()], ...scripts },
    over.takeOverMade === undefined ? {} : { takeOverMade: over.takeOverMade },
  );
  return { ...start, verdict: start.clock.runUntil(freshness(operation, ASKED, start.options, start.deps, over.slow === true)) };
}

describe("contract row 6: is what ECS answered to a start the operation that is wanted?", () => {
  test.each(["Waiting", "Processing", "Paused"])("a task in %s is", async (status) => {
    expect(await judging({ describeTaskAttribute: [details({ status })] }).verdict).toBe("fresh");
  });

  test("a usable image with our key is, whether or not its tags show", async () => {
    for (const tags of [MINE, {}])
      expect(
        await judging({
          describeTaskAttribute: [details({ status: "Finished" })],
          describeImages: [page(anImage({ tags, creationTime: now }))],
        }).verdict,
      ).toBe("fresh");
  });

  test("an image that a destroy gave away is not", async () => {
    expect(
      await judging({
        describeTaskAttribute: [details({ status: "Finished" })],
        describeImages: [page(anImage({ tags: { [TAG_KEY]: "retained" } }))],
      }).verdict,
    ).toBe("stale");
  });

  test("an image made long before is not, where another start may have the same key", async () => {
    const scripts: Scripts = {
      describeTaskAttribute: [ecsError("not-found")],
      describeImages: [page(anImage({ tags: MINE, creationTime: "2026-07-01T00:00:00Z" }))],
    };
    expect(await judging(scripts, anImport(), { takeOverMade: false }).verdict).toBe("stale");
    expect(await judging(scripts, anImport(), { takeOverMade: true }).verdict).toBe("fresh");
  });

  test.each(["Deleted", "Cancelled", "Failed"])("a task in %s without its image is of the past, told at once", async (status) => {
    const { clock, verdict } = judging({ describeTaskAttribute: [details({ status })], describeImages: [page()] });
    expect(await verdict).toBe("stale");
    expect(clock.now() - START).toBeLessThan(100);
  });

  test("a task that failed just now is not of the past: its failure is to be told", async () => {
    expect(
      await judging({
        describeTaskAttribute: [details({ status: "Failed", creationTime: now, errors: [{ code: "X", message: "" }] })],
        describeImages: [page(anImage({ status: "CreateFailed" }))],
      }).verdict,
    ).toBe("fresh");
  });

  test("what an earlier task left broken is of the past, and left alone", async () => {
    const { discarded, verdict } = judging({
      describeTaskAttribute: [details({ status: "Deleted" })],
      describeImages: [page(anImage({ status: "CreateFailed" }))],
    });
    expect(await verdict).toBe("stale");
    expect(discarded).toEqual([]);
  });

  describe("what does not fit is somebody else's, and left alone:", () => {
    const untouched = async (scripts: Scripts, operation = anImport()): Promise<void> => {
      const { gateway, discarded, ended, verdict } = judging(scripts, operation);
      expect(await verdict).toBe("stale");
      expect(gateway.calls.filter(({ method }) => !method.startsWith("describe"))).toEqual([]);
      expect([...discarded, ...ended]).toEqual([]);
    };
    const running: Scripts = { describeTaskAttribute: [details()] };

    test.each([
      ["under another key", anImage({ status: "Creating", tags: { ...MINE, [TAG_KEY]: "stack/other" } })],
      ["by another request", anImage({ status: "Creating", tags: { ...MINE, [REQUEST_TAG_KEY]: "something-else" } })],
      ["without tags, under another name", anImage({ status: "Creating", name: "colleague" })],
      ["without tags, finished long ago", anImage({ creationTime: "2026-07-01T00:00:00Z" })],
    ])("an image that was started %s", (_, image) => untouched({ ...running, describeImages: [page(image)] }));

    test("a task of another kind", () => untouched({ describeTaskAttribute: [details({ action: "ExportImage" })] }));

    test("a task that began long ago and has no such image", () =>
      untouched({ describeTaskAttribute: [details({ creationTime: "2026-07-01T00:00Z" })] }));
  });

  test("what is listed a moment late is waited for", async () => {
    const { gateway, verdict } = judging({
      describeTaskAttribute: [ecsError("not-found"), ecsError("not-found"), details()],
      describeImages: [page()],
    });
    expect(await verdict).toBe("fresh");
    expect(gateway.of("cancelTask")).toEqual([]);
  });

  test.each(["not-found", "wrong-state", "unsupported"] as const)(
    "what is not listed within two seconds and cannot be cancelled (%s) is of the past",
    async (kind) => {
      const { clock, verdict } = judging({ ...unlisted, cancelTask: [ecsError(kind)] });
      expect(await verdict).toBe("stale");
      expect(clock.now() - START).toBeLessThan(3_000);
    },
  );

  test("what is not listed and could be cancelled is over then, and what it leaves removed", async () => {
    const { gateway, discarded, verdict } = judging({ ...unlisted, cancelTask: [undefined] });
    expect(await verdict).toBe("cancelled");
    expect(gateway.of("cancelTask")).toEqual([[REGION, TASK]]);
    expect(discarded).toEqual([anImport()]);
  });

  test("where ECS has shown to list late, a minute passes before anything is cancelled", async () => {
    const { clock, verdict } = judging({ ...unlisted, cancelTask: [ecsError("not-found")] }, anImport(), { slow: true });
    expect(await verdict).toBe("stale");
    expect(clock.now() - START).toBeGreaterThanOrEqual(60_000);
  });

  test("a copy is judged and cancelled by its image", async () => {
    expect(await judging({ describeImages: [page(anImage({ status: "Creating" }))] }, aCopy()).verdict).toBe("fresh");
    const { gateway, verdict } = judging({ describeImages: [page()], cancelCopyImage: [undefined] }, aCopy());
    expect(await verdict).toBe("cancelled");
    expect(gateway.of("cancelCopyImage")).toEqual([[REGION, IMAGE]]);
  });

  test("an interrupt does not cut the looks short: only they tell what may be cancelled", async () => {
    const start = starting({ ...unlisted, cancelTask: [ecsError("not-found")] });
    const verdict = freshness(anImport(), ASKED, start.options, start.deps, false);
    await start.clock.advance(1_000);
    start.run.stop("interrupt");
    expect(await start.clock.runUntil(verdict)).toBe("stale");
    expect(start.clock.now() - START).toBeLessThan(3_000);
  });

  test("a refusal of the looks is told", async () => {
    await expect(judging({ describeTaskAttribute: [ecsError("forbidden")] }).verdict).rejects.toMatchObject({ kind: "forbidden" });
  });

  test("a task that ended is not of the past while its image is still being made", async () => {
    expect(
      await judging({
        describeTaskAttribute: [{ ...details(), ...aTask({ status: "Finished" }) }],
        describeImages: [page(anImage({ status: "Creating" }))],
      }).verdict,
    ).toBe("fresh");
  });
});
