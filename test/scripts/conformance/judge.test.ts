import { defaultBehaviour } from "../../../lib/emulator";
import { loadScript } from "../support/load-script";
import { type Judged, type Line, line } from "../support/conformance";

const { judge } = loadScript<{ judge(line: Line, behaviour: object): Judged }>("scripts/conformance/judge.mjs");
const judgeFacts = (facts: Line["facts"], outcome = "passed"): Judged => judge(line({ facts, outcome }), defaultBehaviour());

describe("judge", () => {
  test("says what was seen and what the emulator assumes, by the switch's name", () => {
    const { outcome, differs } = judgeFacts({ "afterCancel.task": "Cancelled", "afterCancel.image": "gone" });
    expect(outcome).toBe("differs");
    expect(differs).toEqual(["afterCancel.task: seen Cancelled, emulator assumes Deleted"]);
  });

  test("leaves a check that saw what is assumed as it was", () => {
    expect(judgeFacts({ "cancel.second": "IncorrectTaskStatus", "errors.unknownKey": "404 InvalidAccessKeyId.NotFound" })).toMatchObject({
      outcome: "passed",
      differs: [],
    });
  });

  test("tells times and compares none", () => {
    const judged = judgeFacts({ "afterCancel.delay": 61_234 });
    expect(judged).toMatchObject({ outcome: "passed", differs: [], measured: ["afterCancel.delay: 61.2 s, emulator assumes 1.0 s"] });
  });

  test("keeps a failure a failure, and tells its differences too", () => {
    expect(judgeFacts({ "image.idList": false }, "failed")).toMatchObject({
      outcome: "failed",
      differs: ["image.idList: seen false, emulator assumes true"],
    });
  });

  test("takes no fact that nobody assumes anything of", () => {
    expect(judgeFacts({ "task.colour": "blue" }).outcome).toBe("differs");
  });
});
