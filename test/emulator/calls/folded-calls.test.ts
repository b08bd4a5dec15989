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

test("reading calls in a row are shown as one row, and a changing call has its own", () => {
  const calls = ["DescribeTasks", "DescribeImages", "DescribeTasks", "ImportImage", "ImportImage", "ListTagResources"].map((name) =>
    call(name),
  );
  expect(shown(calls)).toEqual(["ListTagResources 1 ok", "ImportImage 1 ok", "ImportImage 1 ok", "DescribeTasks+DescribeImages 3 ok"]);
});

test("refused reading calls share a row only with calls of the same action and error code", () => {
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

test("reading calls in a row count as one of the rows, with the oldest and the latest call", () => {
  const calls = [call("ImportImage"), call("CopyImage"), ...Array.from({ length: 50 }, () => call("DescribeTasks"))];
  expect(shown(calls, 2)).toEqual(["DescribeTasks 50 ok", "CopyImage 1 ok"]);
  expect(foldedCalls(calls, 2)[0]).toMatchObject({ first: calls[2], call: calls.at(-1) });
});
