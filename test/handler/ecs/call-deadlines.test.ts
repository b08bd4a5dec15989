import { CallDeadlines } from "../../../lib/handler/ecs/call-deadlines";

describe("the deadline of a call", () => {
  test("is one minute for a start, so that it need not be sent twice", () => expect(new CallDeadlines().of("ImportImage")).toBe(60_000));

  test("grows with each missed deadline of an action, so that the third attempt waits long enough for an ECS that takes 40 s", () => {
    const deadlinesOfCalls = new CallDeadlines();
    const deadlines: number[] = [];
    for (let i = 0; i < 4; i++) {
      deadlines.push(deadlinesOfCalls.of("CancelTask"));
      deadlinesOfCalls.overdue("CancelTask", deadlines.at(-1)!);
    }
    expect(deadlines).toEqual([10_000, 30_000, 45_000, 45_000]);
    expect(deadlinesOfCalls.of("DescribeTasks")).toBe(10_000);
  });

  test("shrinks again when answers come sooner", () => {
    const deadlinesOfCalls = new CallDeadlines();
    deadlinesOfCalls.overdue("CancelTask", 45_000);
    deadlinesOfCalls.answered("CancelTask", 9_000);
    expect(deadlinesOfCalls.of("CancelTask")).toBe(18_000);
    deadlinesOfCalls.answered("CancelTask", 20);
    expect(deadlinesOfCalls.of("CancelTask")).toBe(10_000);
  });
});
