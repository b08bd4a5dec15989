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

describe("after Ctrl-C, while ECS answers nothing, Terraform is let go within seconds (contract 4)", () => {
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

  /** A resource each of whose calls takes so long (ms). */
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

  /** What the call returns when the run is interrupted after a second, and how long after that. */
  async function interrupted(call: Promise<StateResult>): Promise<{ result: StateResult; after: number }> {
    await clock.runUntil(clock.sleep(1_000));
    run.stop("interrupt");
    const begun = clock.now();
    return { result: await clock.runUntil(call, 2 * HOUR), after: clock.now() - begun };
  }
  const told = ({ diagnostics }: StateResult): string => diagnostics!.map(({ summary, detail }) => `${summary}: ${detail}`).join();

  test.each([
    ["a refresh keeps the state", () => resource(HOUR).read(request), state, "The state stays as it was"],
    ["an import by id brings nothing", () => resource(HOUR).importState!("cn-hangzhou/m-1"), null, "Nothing was imported"],
    ["a data source shows nothing", () => readUntilStopped(slow(HOUR), run).read({}), null, "Run the same command again"],
  ])("%s, at once", async (_, call, kept, text) => {
    const { result, after } = await interrupted(call());
    expect(after).toBe(0);
    expect(result.state).toEqual(kept);
    expect(told(result)).toContain("Interrupted: The run was interrupted before ECS answered");
    expect(told(result)).toContain(text);
  });

  test.each([
    ["a change", () => resource(HOUR).update(request), "The next plan shows what still has to change"],
    ["a removal", () => resource(HOUR).delete(request), "It stays in the state: run the same command again"],
  ])("%s keeps the state as it was", async (_, call, text) => {
    const { result, after } = await interrupted(call());
    expect(after).toBeLessThanOrEqual(4_000);
    expect(result).toMatchObject({ state, private: bytes });
    expect(told(result)).toContain(text);
  });

  test("what is done within these seconds counts", async () => {
    expect((await interrupted(resource(3_000).delete(request))).result).toEqual(DONE);
  });

  test("with Terraform dead nobody is held up: a removal goes on to its end", async () => {
    const work = resource(HOUR).delete(request);
    await clock.runUntil(clock.sleep(1_000));
    run.stop("orphaned");
    expect(await clock.runUntil(work, 2 * HOUR)).toEqual(DONE);
  });

  test("a fault of the resource's own is no interrupt", async () => {
    const broken = untilStopped("imagetask_import", { ...slow(0), read: async () => Promise.reject(new Error("a bug")) }, run);
    await expect(broken.read(request)).rejects.toThrow("a bug");
  });
});
