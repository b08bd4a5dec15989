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

describe("contract row 6: the operation in ECS's answer to a start, which may repeat an old answer, is", () => {
  test.each(["Waiting", "Processing", "Paused"])("fresh if its task is in %s", async (status) => {
    expect(await judging({ describeTaskAttribute: [details({ status })] }).verdict).toBe("fresh");
  });

  test("fresh if its image is usable and has our start key, or no tags", async () => {
    for (const tags of [MINE, {}])
      expect(
        await judging({
          describeTaskAttribute: [details({ status: "Finished" })],
          describeImages: [page(anImage({ tags, creationTime: now }))],
        }).verdict,
      ).toBe("fresh");
  });

  test("stale if a destroy has retained its image", async () => {
    expect(
      await judging({
        describeTaskAttribute: [details({ status: "Finished" })],
        describeImages: [page(anImage({ tags: { [TAG_KEY]: "retained" } }))],
      }).verdict,
    ).toBe("stale");
  });

  test("stale if its image was made long ago, and another start may have the same key", async () => {
    const scripts: Scripts = {
      describeTaskAttribute: [ecsError("not-found")],
      describeImages: [page(anImage({ tags: MINE, creationTime: "2026-07-01T00:00:00Z" }))],
    };
    expect(await judging(scripts, anImport(), { takeOverMade: false }).verdict).toBe("stale");
    expect(await judging(scripts, anImport(), { takeOverMade: true }).verdict).toBe("fresh");
  });

  test.each(["Deleted", "Cancelled", "Failed"])("stale at once if its task is in %s and its image does not exist", async (status) => {
    const { clock, verdict } = judging({ describeTaskAttribute: [details({ status })], describeImages: [page()] });
    expect(await verdict).toBe("stale");
    expect(clock.now() - START).toBeLessThan(100);
  });

  test("fresh if its task failed just now, so that the user sees the failure", async () => {
    expect(
      await judging({
        describeTaskAttribute: [details({ status: "Failed", creationTime: now, errors: [{ code: "X", message: "" }] })],
        describeImages: [page(anImage({ status: "CreateFailed" }))],
      }).verdict,
    ).toBe("fresh");
  });

  test("stale if an earlier task left a broken image, which is not deleted", async () => {
    const { discarded, verdict } = judging({
      describeTaskAttribute: [details({ status: "Deleted" })],
      describeImages: [page(anImage({ status: "CreateFailed" }))],
    });
    expect(await verdict).toBe("stale");
    expect(discarded).toEqual([]);
  });

  describe("stale, and left unchanged as it belongs to somebody else, if it is", () => {
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

    test("a task that began long ago without its image", () =>
      untouched({ describeTaskAttribute: [details({ creationTime: "2026-07-01T00:00Z" })] }));
  });

  test("fresh if ECS lists it a moment late, and nothing is cancelled", async () => {
    const { gateway, verdict } = judging({
      describeTaskAttribute: [ecsError("not-found"), ecsError("not-found"), details()],
      describeImages: [page()],
    });
    expect(await verdict).toBe("fresh");
    expect(gateway.of("cancelTask")).toEqual([]);
  });

  test.each(["not-found", "wrong-state", "unsupported"] as const)(
    "stale if ECS does not list it within two seconds and refuses to cancel it (%s)",
    async (kind) => {
      const { clock, verdict } = judging({ ...unlisted, cancelTask: [ecsError(kind)] });
      expect(await verdict).toBe("stale");
      expect(clock.now() - START).toBeLessThan(3_000);
    },
  );

  test("cancelled, and what it leaves is discarded, if ECS does not list it but accepts a cancel", async () => {
    const { gateway, discarded, verdict } = judging({ ...unlisted, cancelTask: [undefined] });
    expect(await verdict).toBe("cancelled");
    expect(gateway.of("cancelTask")).toEqual([[REGION, TASK]]);
    expect(discarded).toEqual([anImport()]);
  });

  test("cancelled only after a minute if ECS has been seen to list operations late", async () => {
    const { clock, verdict } = judging({ ...unlisted, cancelTask: [ecsError("not-found")] }, anImport(), { slow: true });
    expect(await verdict).toBe("stale");
    expect(clock.now() - START).toBeGreaterThanOrEqual(60_000);
  });

  test("judged and cancelled by its image if it is a copy", async () => {
    expect(await judging({ describeImages: [page(anImage({ status: "Creating" }))] }, aCopy()).verdict).toBe("fresh");
    const { gateway, verdict } = judging({ describeImages: [page()], cancelCopyImage: [undefined] }, aCopy());
    expect(await verdict).toBe("cancelled");
    expect(gateway.of("cancelCopyImage")).toEqual([[REGION, IMAGE]]);
  });

  test("still polled to the end on an interrupt, because only the polls show whether it may be cancelled", async () => {
    const start = starting({ ...unlisted, cancelTask: [ecsError("not-found")] });
    const verdict = freshness(anImport(), ASKED, start.options, start.deps, false);
    await start.clock.advance(1_000);
    start.run.stop("interrupt");
    expect(await start.clock.runUntil(verdict)).toBe("stale");
    expect(start.clock.now() - START).toBeLessThan(3_000);
  });

  test("unknown if ECS refuses the polls: the refusal is thrown", async () => {
    await expect(judging({ describeTaskAttribute: [ecsError("forbidden")] }).verdict).rejects.toMatchObject({ kind: "forbidden" });
  });

  test("fresh if its task has ended and its image is still in creation", async () => {
    expect(
      await judging({
        describeTaskAttribute: [{ ...details(), ...aTask({ status: "Finished" }) }],
        describeImages: [page(anImage({ status: "Creating" }))],
      }).verdict,
    ).toBe("fresh");
  });
});
