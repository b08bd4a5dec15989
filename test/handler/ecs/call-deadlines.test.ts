import { CallDeadlines } from "../../../lib/handler/ecs/call-deadlines";

describe("how long an answer is awaited", () => {
  test("a start's: for a minute, so that it need not be asked again", () => expect(new CallDeadlines().of("ImportImage")).toBe(60_000));

  test("others': more each time that none came, so that an ECS that takes 40 s is heard at the third attempt", () => {
    const patience = new CallDeadlines();
    const deadlines: number[] = [];
    for (let i = 0; i < 4; i++) {
      deadlines.push(patience.of("CancelTask"));
      patience.overdue("CancelTask", deadlines.at(-1)!);
    }
    expect(deadlines).toEqual([10_000, 30_000, 45_000, 45_000]);
    expect(patience.of("DescribeTasks")).toBe(10_000);
  });

  test("less again when answers come sooner", () => {
    const patience = new CallDeadlines();
    patience.overdue("CancelTask", 45_000);
    patience.answered("CancelTask", 9_000);
    expect(patience.of("CancelTask")).toBe(18_000);
    patience.answered("CancelTask", 20);
    expect(patience.of("CancelTask")).toBe(10_000);
  });
});
