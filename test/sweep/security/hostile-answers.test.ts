import { FAULT_SCENARIOS, type FaultScenario } from "../faults/scenarios";
import { Sandbox, type Ran } from "../faults/sandbox";

const ESCAPE = String.fromCharCode(27);

async function struck(name: string, prepare: (sandbox: Sandbox) => void, check: (sandbox: Sandbox, ran: Ran) => void): Promise<void> {
  const scenario = FAULT_SCENARIOS.find((other): other is FaultScenario => other.name === name)!;
  const sandbox = new Sandbox(scenario);
  await sandbox.ecs.start();
  try {
    await sandbox.prepare();
    prepare(sandbox);
    check(sandbox, await sandbox.struck());
    sandbox.ecs.faults.clear();
    expect(await sandbox.comesToRest()).toEqual([]);
  } finally {
    await sandbox.ecs.stop();
  }
}

const answering = (body: object | string) => ({ answer: { status: 200, body: typeof body === "string" ? body : JSON.stringify(body) } });

describe("a malicious answer", () => {
  test.each(["t-1:m-evil:0", "t-1\n", "", "t 1", `t-1${ESCAPE}[2J`, "t-1,t-2", "t".repeat(300)])(
    "with the malformed task id %j does not get into the state, and the start is repeated",
    (id) =>
      struck(
        "apply: import",
        ({ ecs }) =>
          ecs.faults.add({ action: "ImportImage", after: true, times: 1, ...answering({ RequestId: "R", TaskId: id, ImageId: "m-1" }) }),
        (sandbox, { errors }) => {
          expect(errors).toEqual([]);
          expect(sandbox.ecs.stats.started).toBe(1);
          expect(sandbox.terraform.text).toContain(`"task_id":"${sandbox.ecs.tasks[0]!.id}"`);
        },
      ),
  );

  test("with somebody else's task under the state's task id does not lead to a cancel", () =>
    struck(
      "destroy: import that runs",
      ({ ecs }) => {
        const foreign = {
          TaskId: ecs.running[0]!.id,
          TaskAction: "ExportImage",
          TaskStatus: "Processing",
          ResourceId: "m-other",
          SupportCancel: "true",
        };
        ecs.faults.add({
          action: "DescribeTasks",
          ...answering({ RequestId: "R", PageNumber: 1, PageSize: 100, TotalCount: 1, TaskSet: { Task: [foreign] } }),
        });
        ecs.faults.add({ action: "DescribeTaskAttribute", ...answering({ RequestId: "R", ...foreign }) });
      },
      (sandbox, { errors }) => {
        expect(errors).toHaveLength(1);
        expect(errors[0]!.detail).toContain("Nothing was cancelled");
        expect(sandbox.ecs.calls.filter(({ action }) => action === "CancelTask")).toEqual([]);
        expect(sandbox.untruths()).toEqual([]);
      },
    ));

  test("with control characters in ECS's message shows none of them", () =>
    struck(
      "apply: import",
      ({ ecs }) =>
        ecs.faults.add({
          action: "ImportImage",
          error: {
            status: 400,
            code: "InvalidOSSObject.NotFound",
            message: `gone${ESCAPE}]0;owned${String.fromCharCode(7)}${ESCAPE}[2J\r now`,
          },
        }),
      (_, { errors }) => {
        expect(errors).toHaveLength(1);
        expect(errors[0]!.detail).toContain("InvalidOSSObject.NotFound");
        expect(errors[0]!.detail).not.toMatch(/[^\P{Cc}\n]/u);
      },
    ));

  test("with keys like __proto__ does not change JavaScript's prototypes", () =>
    struck(
      "apply: import",
      ({ ecs }) =>
        ecs.faults.add({
          action: "DescribeImages",
          times: 3,
          ...answering(
            '{"RequestId":"R","TotalCount":1,"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"Images":{"Image":[{"ImageId":"m-1","Status":"Available","Tags":{"Tag":[{"TagKey":"__proto__","TagValue":"polluted"}]}}]}}',
          ),
        }),
      () => expect(({} as { polluted?: boolean }).polluted).toBeUndefined(),
    ));

  test("with an endless list is not read without end", () =>
    struck(
      "apply: export",
      ({ ecs }) => {
        const Task = Array.from({ length: 100 }, (_, i) => ({
          TaskId: `t-${i}`,
          TaskAction: "ImportImage",
          TaskStatus: "Processing",
          ResourceId: "m-x",
        }));
        ecs.faults.add({
          action: "DescribeTasks",
          ...answering({ RequestId: "R", PageNumber: 1, PageSize: 100, TotalCount: 2_000_000_000, TaskSet: { Task } }),
        });
      },
      (sandbox, { errors }) => {
        expect(errors.length).toBeLessThanOrEqual(1);
        expect(sandbox.ecs.calls.length).toBeLessThan(5_000);
      },
    ));
});
