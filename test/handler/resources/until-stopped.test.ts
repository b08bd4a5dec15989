import { readUntilStopped, untilStopped } from "../../../lib/handler/resources/until-stopped";
import { Run } from "../../../lib/handler/task/end/run";
import { describeOperation } from "../../../lib/handler/task/operation";
import type { DataSource, Resource, StateResult } from "../../../lib/plugin/resource";
import { FakeClock } from "../../support/handler/clock";

const schema = { version: 0, block: { attributes: {}, blocks: {} } } as unknown as Resource["schema"];
const bytes = Buffer.from("{}");
const state = { id: "import:cn-hangzhou:t-1:m-1:1" };
const request = { config: {}, planned: {}, prior: state, private: bytes, state };
const DONE: StateResult = { state: null };

describe("contract row 4: after Ctrl-C, while ECS does not answer", () => {
  let clock: FakeClock;
  let run: Run;
  beforeEach(() => {
    clock = new FakeClock();
    run = new Run({
      clock,
      describe: describeOperation,
      log: () => undefined,
      end: async () => ({ outcome: "gone", status: "", cancelled: true, imageRemoved: false }),
    });
  });

  /** A resource whose calls each take `ms` milliseconds. */
  const slow = (ms: number): Resource & DataSource => {
    const answer = async (): Promise<StateResult> => (await clock.sleep(ms), DONE);
    return {
      schema,
      read: answer,
      plan: async () => ({ planned: {} }),
      create: answer,
      update: answer,
      delete: answer,
      importState: answer,
    };
  };
  const resource = (ms: number): Resource => untilStopped("imagetask_import", slow(ms), run);
  const HOUR = 3_600_000;

  /** The result of a call whose run is interrupted after a second, and how long after the interrupt it returns. */
  async function interrupted(call: Promise<StateResult>): Promise<{ result: StateResult; after: number }> {
    await clock.runUntil(clock.sleep(1_000));
    run.stop("interrupt");
    const begun = clock.now();
    return { result: await clock.runUntil(call, 2 * HOUR), after: clock.now() - begun };
  }
  const textOf = ({ diagnostics }: StateResult): string => diagnostics!.map(({ summary, detail }) => `${summary}: ${detail}`).join();

  test.each([
    ["a refresh ends at once and keeps the state", () => resource(HOUR).read(request), state, "The state stays as it was"],
    [
      "an import by id ends at once and imports nothing",
      () => resource(HOUR).importState!("cn-hangzhou/m-1"),
      null,
      "Nothing was imported",
    ],
    ["a data source ends at once without a result", () => readUntilStopped(slow(HOUR), run).read({}), null, "Run the same command again"],
  ])("%s", async (_, call, kept, text) => {
    const { result, after } = await interrupted(call());
    expect(after).toBe(0);
    expect(result.state).toEqual(kept);
    expect(textOf(result)).toContain("Interrupted: The run was interrupted before ECS answered");
    expect(textOf(result)).toContain(text);
  });

  test.each([
    ["an update", () => resource(HOUR).update(request), "The next plan shows what still has to change"],
    ["a delete", () => resource(HOUR).delete(request), "It stays in the state: run the same command again"],
  ])("%s ends within four seconds and keeps the state", async (_, call, text) => {
    const { result, after } = await interrupted(call());
    expect(after).toBeLessThanOrEqual(4_000);
    expect(result).toMatchObject({ state, private: bytes });
    expect(textOf(result)).toContain(text);
  });

  test("a delete that succeeds within these seconds is done", async () => {
    expect((await interrupted(resource(3_000).delete(request))).result).toEqual(DONE);
  });

  test("a delete goes on to its end if Terraform is dead, because nothing waits for the answer", async () => {
    const work = resource(HOUR).delete(request);
    await clock.runUntil(clock.sleep(1_000));
    run.stop("orphaned");
    expect(await clock.runUntil(work, 2 * HOUR)).toEqual(DONE);
  });

  test("an exception in the resource is thrown as it is, not reported as an interrupt", async () => {
    const broken = untilStopped("imagetask_import", { ...slow(0), read: async () => Promise.reject(new Error("a bug")) }, run);
    await expect(broken.read(request)).rejects.toThrow("a bug");
  });
});
