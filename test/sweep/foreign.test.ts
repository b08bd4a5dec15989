import { REQUEST_TAG, START_KEY_TAG } from "../../lib/contract/provider";
import { REGION } from "../support/e2e/bench";
import { faultsOf } from "./faults/catalogue";
import type { FaultScenario } from "./faults/scenarios";
import { FAULT_SCENARIOS } from "./faults/scenarios";
import { Sandbox } from "./faults/sandbox";
import { sample, seeded } from "./random";
import { sweepMode } from "./sweep-mode";

const mode = sweepMode(process.env);
const KEY = "images/web";
const START = ["DescribeImages", "DescribeTasks", "ImportImage"];

/** An import with the start key of another stack. */
function importing(): FaultScenario {
  const scenario = FAULT_SCENARIOS.find(({ name }) => name === "apply: import")!;
  return {
    ...scenario,
    config: (id) => scenario.config(id).map((one, i) => (i === 0 ? { ...one, values: { ...one.values, start_key: KEY } } : one)),
  };
}

describe("while another stack runs an import with the same start_key but another request", () => {
  const cases = START.flatMap((action) => [undefined, ...faultsOf(action)].map((fault) => ({ action, fault })));

  test("with any fault of any call, apply fails with that import's image, and neither apply nor destroy touches it", async () => {
    for (const { action, fault } of mode.all ? cases : sample(cases, mode.count, seeded(mode.seed))) {
      const sandbox = new Sandbox(importing());
      await sandbox.ecs.start();
      try {
        const tags = { [START_KEY_TAG]: KEY, [REQUEST_TAG]: "theirs" };
        const theirs = sandbox.ecs.addImage({ region: REGION, name: "theirs", status: "Creating", tags });
        const { id } = sandbox.ecs.addTask({ region: REGION, action: "ImportImage", imageId: theirs.id });
        if (fault?.slow === undefined && fault) sandbox.ecs.faults.add({ action, ...fault.rule, times: 3 });
        const struck = await sandbox.struck();
        sandbox.ecs.faults.clear();
        const again = await sandbox.run((provider) => sandbox.apply(provider));
        await sandbox.run((provider) => sandbox.terraform.destroy(provider));

        const what = `${action}, ${fault?.name ?? "nothing wrong"}`;
        expect([what, struck.errors.length]).toEqual([what, 1]);
        expect(again.errors.map(({ detail }) => detail)).toEqual([
          expect.stringContaining(`Image ${theirs.id} ("theirs", Creating) has start_key "${KEY}"`),
        ]);
        expect([what, sandbox.ecs.running.map((task) => task.id)]).toEqual([what, [id]]);
        expect([what, sandbox.ecs.calls.filter((call) => /Import|Cancel|Delete/.test(call.action)).length]).toEqual([what, 0]);
      } finally {
        await sandbox.ecs.stop();
      }
    }
  }, 600_000);
});
