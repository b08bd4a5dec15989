import type { StateResult } from "../../../lib/plugin/resource";
import { InterruptSummary } from "../../../lib/handler/resources/interrupt-summary";
import type { StoppedOperation } from "../../../lib/handler/task/end/stopped-operation";
import { describeOperation } from "../../../lib/handler/task/operation";
import { aCopy, anExport, anImport } from "../../support/handler/builders";

const cancelled = { outcome: "ended", status: "Deleted", cancelled: true, imageRemoved: true } satisfies StoppedOperation["outcome"];
const CREATE = {} as never;

/** Creates, each of which answers when the test says so, in an interrupted run with these operations. */
function interrupted(operations: readonly StoppedOperation[], run: { stopped?: boolean; orphaned?: boolean } = {}) {
  const answers: (() => void)[] = [];
  const create = () => new Promise<StateResult>((resolve) => answers.push(() => resolve({ state: null })));
  const summary = new InterruptSummary(
    { stopped: true, orphaned: false, ...run, stoppedOperations: async () => operations },
    describeOperation,
  );
  const resource = summary.of({ create } as never);
  return { answers, create: () => resource.create(CREATE) };
}

describe("the last create of an interrupted run", () => {
  test("warns with the number cancelled and not cancelled, the reasons, and the command to run next", async () => {
    const { answers, create } = interrupted([
      { operation: anImport({ taskId: "t-1" }), outcome: cancelled },
      { operation: anExport({ taskId: "t-2" }), outcome: new Error("CancelTask: Forbidden.RAM: no") },
      { operation: aCopy({ imageId: "m-3", region: "cn-beijing" }), outcome: "pending" },
      { operation: anImport({ taskId: "t-4" }), outcome: "detached" },
    ]);
    const results = [create(), create()];
    answers[0]!();
    expect((await results[0]!).diagnostics).toBeUndefined();
    answers[1]!();
    const [summary] = (await results[1]!).diagnostics!;
    expect(summary).toMatchObject({
      severity: "warning",
      summary: "Interrupted: 2 NOT cancelled, 1 cancelled, 1 still running because of on_interrupt",
    });
    expect(summary!.detail).toContain("t-2 of image");
    expect(summary!.detail).toContain(": CancelTask: Forbidden.RAM: no");
    expect(summary!.detail).toContain("is not confirmed yet");
    expect(summary!.detail).toContain("run: imagetask cancel t-2 m-3 --region cn-hangzhou --region cn-beijing");
  });

  test("names only the first twenty operations of hundreds", async () => {
    const operations = Array.from({ length: 300 }, (_, i) => ({ operation: anImport({ taskId: `t-${i}` }), outcome: cancelled }));
    const { answers, create } = interrupted(operations);
    const result = create();
    answers[0]!();
    const { summary, detail } = (await result).diagnostics![0]!;
    expect(summary).toBe("Interrupted: 300 cancelled");
    expect(detail).toContain("and 280 more");
    expect(detail).not.toContain("imagetask cancel");
  });

  test.each([
    ["adds nothing if only one operation was running", [{ operation: anImport(), outcome: cancelled }], {}],
    ["adds nothing if the run was not interrupted", [], { stopped: false }],
    ["adds nothing if Terraform is dead", [], { orphaned: true }],
  ] as const)("%s", async (_, operations, run) => {
    const { answers, create } = interrupted(operations, run);
    const result = create();
    answers[0]!();
    expect((await result).diagnostics).toBeUndefined();
  });
});
