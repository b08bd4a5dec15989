import { UNKNOWN } from "../../../lib/contract/values";
import { watchAction } from "../../../lib/handler/actions/watch";
import type { Context } from "../../../lib/handler/context";
import { formatOperationId, type Operation } from "../../../lib/handler/task/operation";
import { startExport } from "../../../lib/handler/task/start/start-export";
import { exportRequest, REGION } from "../../support/handler/builders";
import type { EcsTraits, Fault } from "../../support/handler/ecs-traits";
import { Life, startImport } from "../../support/handler/life";
import { waitFor } from "../../support/handler/waiting-for";

const MINUTE = 60_000;

function watching(context: Context, operation: Operation) {
  const told: string[] = [];
  const invoke = () => watchAction(context).invoke({ operation_id: formatOperationId(operation) }, (message) => told.push(message));
  return { told, invoke };
}

/** An import that this process started, and an action that watches it. */
async function started(traits: Partial<EcsTraits>) {
  const life = new Life("import", traits);
  const { context } = life.boot();
  const { operation } = await life.clock.runUntil(startImport(context));
  return { life, context, operation, ...watching(context, operation) };
}

const percents = (told: readonly string[]): number[] => told.flatMap((line) => /\b(\d+)% done after/.exec(line)?.[1] ?? []).map(Number);

describe("the action imagetask_watch", () => {
  test("reports each new percentage once, and how the operation ended", async () => {
    const { life, told, invoke } = await started({ duration: MINUTE });
    expect(await life.clock.runUntil(invoke())).toEqual([]);
    expect(told[0]).toMatch(/^watching import t-\S+ of web/);
    expect(percents(told)).toEqual([...new Set(percents(told))].sort((a, b) => a - b));
    expect(percents(told).length).toBeGreaterThanOrEqual(5);
    expect(told.at(-1)).toMatch(/ has ended: Finished$/);
  });

  test("makes no calls of its own beside a completion that waits, nor does a second watch", async () => {
    const reads = async (watches: number): Promise<number> => {
      const { life, context, operation, invoke } = await started({ duration: MINUTE });
      await life.clock.runUntil(Promise.all([waitFor(context, operation), ...Array.from({ length: watches }, invoke)]));
      return life.model.reads();
    };
    const alone = await reads(0);
    expect(await reads(1)).toBe(alone);
    expect(await reads(2)).toBe(alone);
  });

  test("ends together with the completion's wait", async () => {
    const { life, context, operation, invoke } = await started({ duration: MINUTE });
    let endOfWait = 0;
    let endOfWatch = 0;
    await life.clock.runUntil(
      Promise.all([
        waitFor(context, operation).then(() => (endOfWait = life.clock.now())),
        invoke().then(() => (endOfWatch = life.clock.now())),
      ]),
    );
    expect(endOfWatch).toBe(endOfWait);
  });

  test("reports that the operation failed, but is no error itself: the completion is", async () => {
    const { life, told, invoke } = await started({ duration: MINUTE, fails: true });
    expect(await life.clock.runUntil(invoke())).toEqual([]);
    expect(told.at(-1)).toMatch(/ has ended: (Failed|CreateFailed)$/);
  });

  test("goes on through throttling and lost answers", async () => {
    const faults: Fault[] = ["none", "none", "none", "throttled", "before", "after", "throttled", "before", "none", "throttled"];
    const { life, told, invoke } = await started({ duration: MINUTE, faults });
    expect(await life.clock.runUntil(invoke())).toEqual([]);
    expect(told.at(-1)).toMatch(/ has ended: Finished$/);
  });

  test("ends without an error on Ctrl-C, and cancels nothing", async () => {
    const life = new Life("import", { duration: 10 * MINUTE });
    const operation = (await life.clock.runUntil(startImport(life.boot().context))).operation;
    // The watching process neither started the import nor waits for it.
    const { context } = life.boot();
    const { told, invoke } = watching(context, operation);
    const watch = invoke();
    await life.clock.advance(MINUTE);
    context.run.stop("interrupt");
    expect(await life.clock.runUntil(watch)).toEqual([]);
    await life.clock.runUntil(context.run.drain());
    expect(life.model.running()).toHaveLength(1);
    expect(percents(told).length).toBeGreaterThan(0);
  });

  test("ends when the completion detaches from the operation", async () => {
    const { life, context, operation, told, invoke } = await started({ duration: 10 * MINUTE });
    await life.clock.runUntil(Promise.all([waitFor(context, operation, { timeout: MINUTE, onTimeout: "detach" }), invoke()]), 2 * MINUTE);
    expect(told.at(-1)).toMatch(/^this run no longer waits for import/);
    expect(life.model.running()).toHaveLength(1);
  });

  test("reports percentages for several exports at once, although ECS's lists show none", async () => {
    const life = new Life("export", { duration: 10 * MINUTE });
    const { context } = life.boot();
    const options = { startKey: "stack/web", takeOverMade: true, generation: 0, until: Infinity };
    const start = (imageId: string) =>
      startExport(REGION, { ...exportRequest(), imageId, parameters: { ImageId: imageId } }, context.starting(REGION), options);
    const watches = [];
    for (const imageId of ["m-1", "m-2"]) watches.push(watching(context, (await life.clock.runUntil(start(imageId))).operation));
    await life.clock.runUntil(Promise.all(watches.map(({ invoke }) => invoke())));
    for (const { told } of watches) expect(percents(told).length).toBeGreaterThanOrEqual(5);
  });

  test.each([
    ["nonsense", "Not an operation"],
    [`import:${REGION}:::0`, "Could not confirm that the operation started"],
  ])("is an error on operation_id if it is %s, which names no started operation", async (operation_id, summary) => {
    const { context } = new Life("import").boot();
    expect(await watchAction(context).invoke({ operation_id }, () => undefined)).toMatchObject([{ summary, path: ["operation_id"] }]);
  });

  test("passes plan while operation_id is unknown, and refuses a missing or malformed one", async () => {
    const { plan, validate } = watchAction(new Life("import").boot().context);
    expect(await plan!({ operation_id: UNKNOWN })).toEqual([]);
    expect(await plan!({ operation_id: "nonsense" })).toMatchObject([{ summary: "Not an operation" }]);
    expect(validate!({ operation_id: null })).toMatchObject([{ summary: "Missing operation_id" }]);
  });
});
