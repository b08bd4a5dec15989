import { until } from "./until";

test("until returns as soon as the condition holds", async () => {
  let checks = 0;
  expect(await until("the third check", () => ++checks === 3)).toBeLessThan(60_000);
  expect(checks).toBe(3);
});

test("until fails with the harness as the cause, the time, what it waited for and what it saw last", async () => {
  await expect(until("a second moon", () => false, { patience: 100, seen: () => "one moon" })).rejects.toThrow(
    "the harness gave up after 0.1 s waiting for a second moon; last seen: one moon",
  );
});
