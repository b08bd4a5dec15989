import { defaultBehaviour } from "../../../lib/emulator";
import { loadScript } from "../support/load-script";
import { type Judged, type Line, line } from "../support/conformance";

const { judge } = loadScript<{ judge(line: Line, behaviour: object): Judged }>("scripts/conformance/judge.mjs");
const judgeFacts = (facts: Line["facts"], outcome = "passed"): Judged => judge(line({ facts, outcome }), defaultBehaviour());

describe("judge", () => {
  test("names the switch, what was seen and what the emulator assumes", () => {
    const { outcome, differs } = judgeFacts({ "afterCancel.task": "Cancelled", "afterCancel.image": "gone" });
    expect(outcome).toBe("differs");
    expect(differs).toEqual(["afterCancel.task: seen Cancelled, emulator assumes Deleted"]);
  });

  test("leaves a check as passed if it saw what the emulator assumes", () => {
    expect(judgeFacts({ "cancel.second": "IncorrectTaskStatus", "errors.unknownKey": "404 InvalidAccessKeyId.NotFound" })).toMatchObject({
      outcome: "passed",
      differs: [],
    });
  });

  test("reports times beside the assumed ones without comparing them", () => {
    const judged = judgeFacts({ "afterCancel.delay": 61_234 });
    expect(judged).toMatchObject({ outcome: "passed", differs: [], measured: ["afterCancel.delay: 61.2 s, emulator assumes 1.0 s"] });
  });

  test("leaves a check as failed, and reports its differences", () => {
    expect(judgeFacts({ "image.idList": false }, "failed")).toMatchObject({
      outcome: "failed",
      differs: ["image.idList: seen false, emulator assumes true"],
    });
  });

  test("reports a fact without an assumption as a difference", () => {
    expect(judgeFacts({ "task.colour": "blue" }).outcome).toBe("differs");
  });
});
