import { FAULT_SCENARIOS, type FaultScenario } from "../faults/scenarios";
import { World, type Ran } from "../faults/world";

const ESCAPE = String.fromCharCode(27);

async function struck(name: string, prepare: (world: World) => void, check: (world: World, ran: Ran) => void): Promise<void> {
  const scenario = FAULT_SCENARIOS.find((other): other is FaultScenario => other.name === name)!;
  const world = new World(scenario);
  await world.ecs.start();
  try {
    await world.prepare();
    prepare(world);
    check(world, await world.struck());
    world.ecs.faults.clear();
    expect(await world.comesToRest()).toEqual([]);
  } finally {
    await world.ecs.stop();
  }
}

const answering = (body: object | string) => ({ answer: { status: 200, body: typeof body === "string" ? body : JSON.stringify(body) } });

describe("an answer that is meant to do harm", () => {
  test.each(["t-1:m-evil:0", "t-1\n", "", "t 1", `t-1${ESCAPE}[2J`, "t-1,t-2", "t".repeat(300)])(
    "ids that are none (%j) never get into the state",
    (id) =>
      struck(
        "apply: import",
        ({ ecs }) =>
          ecs.faults.add({ action: "ImportImage", after: true, times: 1, ...answering({ RequestId: "R", TaskId: id, ImageId: "m-1" }) }),
        (world, { errors }) => {
          expect(errors).toEqual([]);
          expect(world.ecs.stats.started).toBe(1);
        },
      ),
  );

  test("a task of somebody else in the place of ours is never cancelled", () =>
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
      (world, { errors }) => {
        expect(errors).toHaveLength(1);
        expect(errors[0]!.detail).toContain("Nothing was cancelled");
        expect(world.ecs.calls.filter(({ action }) => action === "CancelTask")).toEqual([]);
        expect(world.untruths()).toEqual([]);
      },
    ));

  test("control characters in ECS's words do not reach the terminal", () =>
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

  test("keys that reach for the prototype change nothing", () =>
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

  test("a list that never ends is not followed for ever", () =>
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
      (world, { errors }) => {
        expect(errors.length).toBeLessThanOrEqual(1);
        expect(world.ecs.calls.length).toBeLessThan(5_000);
      },
    ));
});
