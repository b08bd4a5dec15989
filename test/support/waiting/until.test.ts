import { until } from "./until";

test("until returns as soon as the condition holds", async () => {
  let looks = 0;
  expect(await until("the third look", () => ++looks === 3)).toBeLessThan(60_000);
  expect(looks).toBe(3);
});

test("until says that it is the harness that gave up, after how long, and on what", async () => {
  await expect(until("a second moon", () => false, 100)).rejects.toThrow("the harness gave up after 0.1 s waiting for a second moon");
});
