import { checkCancel, checkWatch } from "../../../lib/contract/checks";
import { UNKNOWN } from "../../../lib/contract/values";

const NOTHING = { operation_id: null, task_id: null, region: null, force: null };
const summaries = (config: object) => checkCancel({ ...NOTHING, ...config }).map(({ summary }) => summary);

describe("the arguments of actions", () => {
  test("imagetask_watch without operation_id is refused", () => {
    expect(checkWatch({ operation_id: null })).toMatchObject([{ summary: "Missing operation_id" }]);
    expect(checkWatch({ operation_id: UNKNOWN })).toEqual([]);
  });

  test("imagetask_cancel with neither an operation nor a task, or with both, is refused", () => {
    expect(summaries({})).toEqual(["Nothing to cancel"]);
    expect(summaries({ operation_id: UNKNOWN, task_id: "t-1" })).toEqual(["Unclear what to cancel"]);
    expect(summaries({ task_id: "t-1", force: true })).toEqual([]);
    expect(summaries({ operation_id: UNKNOWN })).toEqual([]);
  });

  test("an invalid region is reported when Terraform plans", () => {
    expect(checkCancel({ ...NOTHING, task_id: "t-1", region: "hangzhou!" })).toMatchObject([{ path: ["region"], from: "plan" }]);
  });
});
