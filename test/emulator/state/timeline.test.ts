import fc from "fast-check";
import type { Due, Entity } from "../../../lib/emulator/values/model";
import { Timeline } from "../../../lib/emulator/state/timeline";

const entity = (): Entity => ({ kind: "image" }) as Entity;

const due = (at: number): Due => ({ at, to: "usable" });

test("due events happen in the order of their times and, at the same time, of their scheduling", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 })), fc.integer({ min: 0, max: 50 }), (times, now) => {
      const timeline = new Timeline();
      const dues = times.map(due);
      dues.forEach((one) => timeline.schedule(entity(), one));
      const fired: Due[] = [];
      timeline.catchUp(now, (_entity, one) => fired.push(one));
      const expected = dues.filter((one) => one.at <= now).sort((a, b) => a.at - b.at);
      expect(fired.map((one) => dues.indexOf(one))).toEqual(expected.map((one) => dues.indexOf(one)));
    }),
  );
});

test("only the latest event scheduled for an entity happens", () => {
  const timeline = new Timeline();
  const one = entity();
  const two = entity();
  timeline.schedule(one, due(1));
  timeline.schedule(one, due(5));
  timeline.schedule(two, due(2));
  timeline.schedule(two, undefined);
  const fired: number[] = [];
  timeline.catchUp(10, (_entity, { at }) => fired.push(at));
  expect(fired).toEqual([5]);
});
