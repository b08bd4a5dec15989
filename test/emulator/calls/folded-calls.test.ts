import type { CallRecord } from "../../../lib/emulator";
import { foldedCalls } from "../../../lib/emulator/calls/folded-calls";

let at = 0;
const call = (action: string, code?: string): CallRecord => ({
  at: ++at,
  action,
  region: "cn-hangzhou",
  params: {},
  outcome: { status: code ? 400 : 200, ...(code && { code }), effect: !code },
  requestId: String(at),
  signature: "ACS3",
});

const shown = (calls: readonly CallRecord[], rows = 10): string[] =>
  foldedCalls(calls, rows).map(({ actions, count, call: { outcome } }) => `${actions.join("+")} ${count} ${outcome.code ?? "ok"}`);

test("looks that were answered fold, whatever they look at; what does something stands alone", () => {
  const calls = ["DescribeTasks", "DescribeImages", "DescribeTasks", "ImportImage", "ImportImage", "ListTagResources"].map((name) =>
    call(name),
  );
  expect(shown(calls)).toEqual(["ListTagResources 1 ok", "ImportImage 1 ok", "ImportImage 1 ok", "DescribeTasks+DescribeImages 3 ok"]);
});

test("looks that were refused fold only with those that were refused alike", () => {
  const calls = [
    call("DescribeTasks"),
    call("DescribeTasks", "Throttling"),
    call("DescribeTasks", "Throttling"),
    call("DescribeImages", "Throttling"),
    call("DescribeTasks", "Forbidden.RAM"),
  ];
  expect(shown(calls)).toEqual([
    "DescribeTasks 1 Forbidden.RAM",
    "DescribeImages 1 Throttling",
    "DescribeTasks 2 Throttling",
    "DescribeTasks 1 ok",
  ]);
});

test("a run counts as one of the rows, and keeps its oldest call", () => {
  const calls = [call("ImportImage"), call("CopyImage"), ...Array.from({ length: 50 }, () => call("DescribeTasks"))];
  expect(shown(calls, 2)).toEqual(["DescribeTasks 50 ok", "CopyImage 1 ok"]);
  expect(foldedCalls(calls, 2)[0]).toMatchObject({ first: calls[2], call: calls.at(-1) });
});
