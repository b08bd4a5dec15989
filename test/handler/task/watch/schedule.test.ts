import { Schedule } from "../../../../lib/handler/task/watch/schedule";
import { Waiter } from "../../../../lib/handler/task/watch/waiter";
import { anImport, aTask } from "../../../support/handler/builders";
import { FakeClock, START } from "../../../support/handler/clock";

describe("the schedule of polls", () => {
  let clock: FakeClock;
  let schedule: Schedule;
  beforeEach(() => {
    clock = new FakeClock();
    schedule = new Schedule({ clock, random: () => 0.5 });
  });
  const waiters = (count: number, nextAt = START): Waiter[] =>
    Array.from({ length: count }, (_, i) => {
      const waiter = new Waiter(anImport({ taskId: `t-${i}`, imageId: `m-${i}`, startedAt: START - 600_000 }), clock, nextAt);
      waiter.sawRunning("Processing", { task: aTask() });
      return waiter;
    });

  test.each([
    ["at once where up to a hundred others are watched", 100, 5],
    ["after the next round of calls where more are", 1_000, 2_250],
  ])("polls a new operation %s", (_, watched, after) => {
    schedule.begin(waiters(watched));
    expect(schedule.first(watched) - START).toBe(after);
  });

  test("polls a new operation at once, however many are watched, if the last poll is long ago", () => {
    schedule.begin(waiters(1_000));
    clock.jump(10_000);
    expect(schedule.first(1_000) - clock.now()).toBe(5);
  });

  test("fills a batch with those that are due next", () => {
    const [due, next] = [waiters(30), waiters(100, START + 60_000)];
    expect(schedule.begin([...next, ...due]).size).toBe(100);
    expect([...schedule.begin([...next, ...due])].slice(0, 30)).toEqual(due);
  });

  test.each([
    ["after a poll of one call", 100, 3_500],
    ["counting the time that a poll of ten calls took", 1_000, 1_500],
  ])("lets 3.5 seconds pass between two polls, %s", (_, watched, after) => {
    const all = waiters(watched);
    schedule.begin(all);
    clock.jump(2_000);
    schedule.spread(all);
    expect(all[0]!.nextAt - clock.now()).toBe(after);
  });
});
