import { Throttle } from "../../../lib/emulator/calls/throttle";
import { REGION, models, withEcs } from "../support/sdk";

const MINUTE = 60_000;

const tries = (throttle: Throttle, count: number, at: number, action = "DescribeTasks", region = REGION) =>
  Array.from({ length: count }, () => {
    try {
      throttle.check("1", region, action, at);
      return true;
    } catch {
      return false;
    }
  });

test("calls over the limit of a minute are refused until the next minute", () => {
  const throttle = new Throttle();
  throttle.set([{ limit: 2 }]);
  expect(tries(throttle, 3, 10 * MINUTE)).toEqual([true, true, false]);
  expect(tries(throttle, 1, 11 * MINUTE - 1)).toEqual([false]);
  expect(tries(throttle, 1, 11 * MINUTE)).toEqual([true]);
});

test("each region and action has its own count", () => {
  const throttle = new Throttle();
  throttle.set([{ action: "Describe*", limit: 1, per: "second" }]);
  expect(tries(throttle, 2, 0)).toEqual([true, false]);
  expect(tries(throttle, 1, 0, "DescribeImages")).toEqual([true]);
  expect(tries(throttle, 1, 0, "DescribeTasks", "cn-beijing")).toEqual([true]);
  expect(tries(throttle, 3, 0, "ImportImage")).toEqual([true, true, true]);
  expect(tries(throttle, 1, 1_000)).toEqual([true]);
});

test("a throttled call has the configured code and time to wait", () =>
  withEcs({ throttle: [{ limit: 1, code: "Throttling.Api", retryAfter: 5_000 }] }, async ({ ecs, client }) => {
    const call = () => client.describeTasks(new models.DescribeTasksRequest({ regionId: REGION }));
    await call();
    await expect(call()).rejects.toMatchObject({ code: "Throttling.Api", retryAfter: 5_000 });
    ecs.advance(MINUTE);
    await call();
  }));

test.each([[{ limit: 1.5 }], [{ limit: -1 }], [{ limit: 1, per: "hour" as "minute" }]])("an invalid limit is refused: %j", (rule) => {
  expect(() => new Throttle().set([rule])).toThrow(RangeError);
});
