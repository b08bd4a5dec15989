import { callLine } from "../../lib/cli/call-line";
import type { CallRecord } from "../../lib/emulator";

const call = (overrides: Partial<CallRecord> = {}): CallRecord => ({
  at: Date.UTC(2026, 0, 2, 3, 4, 5, 67),
  action: "CancelTask",
  region: "cn-hangzhou",
  params: { RegionId: "cn-hangzhou", TaskId: "t-1" },
  outcome: { status: 200, effect: true },
  requestId: "R",
  signature: "ACS3",
  ...overrides,
});

describe("callLine", () => {
  test("contains time, action, region, status and parameters", () => {
    expect(callLine(call())).toBe("03:04:05.067 CancelTask             cn-hangzhou    200   TaskId=t-1");
  });

  test("contains no control characters and no line breaks, even if the call does", () => {
    const line = callLine(call({ action: "Cancel\u001b[2JTask", params: { TaskId: "t-1\n03:04:05 DeleteImage 200\u202e" } }));
    expect(line).toBe("03:04:05.067 Cancel[2JTask          cn-hangzhou    200   TaskId=t-1 03:04:05 DeleteImage 200");
  });

  test("contains the code of an error", () => {
    expect(callLine(call({ outcome: { status: 404, code: "InvalidTaskId.NotFound", effect: false } }))).toContain(
      " 404 InvalidTaskId.NotFound TaskId=t-1",
    );
  });

  test("contains the fault, and says that there was no answer", () => {
    expect(callLine(call({ outcome: { status: 0, fault: "drop", effect: true } }))).toContain(" no answer (fault: drop) TaskId=t-1");
  });

  test("cuts the line to the terminal's width", () => {
    const line = callLine(call(), 40);
    expect(line).toHaveLength(40);
    expect(line.endsWith("…")).toBe(true);
  });
});
