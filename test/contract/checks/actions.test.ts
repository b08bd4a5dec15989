import { checkCancel, checkWatch } from "../../../lib/contract/checks";
import { UNKNOWN } from "../../../lib/contract/values";

const NOTHING = { operation_id: null, task_id: null, region: null, force: null };
const summaries = (config: object) => checkCancel({ ...NOTHING, ...config }).map(({ summary }) => summary);

describe("the arguments of actions", () => {
  test("imagetask_watch needs an operation", () => {
    expect(checkWatch({ operation_id: null })).toMatchObject([{ summary: "Missing operation_id" }]);
    expect(checkWatch({ operation_id: UNKNOWN })).toEqual([]);
  });

  test("imagetask_cancel needs an operation or a task, and not both", () => {
    expect(summaries({})).toEqual(["Nothing to cancel"]);
    expect(summaries({ operation_id: UNKNOWN, task_id: "t-1" })).toEqual(["Unclear what to cancel"]);
    expect(summaries({ task_id: "t-1", force: true })).toEqual([]);
    expect(summaries({ operation_id: UNKNOWN })).toEqual([]);
  });

  test("a region that cannot be one is told from the plan on", () => {
    expect(checkCancel({ ...NOTHING, task_id: "t-1", region: "hangzhou!" })).toMatchObject([{ path: ["region"], from: "plan" }]);
  });
});
