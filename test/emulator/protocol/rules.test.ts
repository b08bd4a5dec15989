import fc from "fast-check";
import { paged } from "../../../lib/emulator/protocol/rules";

const passes = (item: number): boolean => item % 3 === 0;

test("a page of a list with a known count has the same items and total as a page of a list that has to be counted", () => {
  const lists = fc.array(fc.array(fc.option(fc.nat({ max: 9 }), { nil: undefined }), { maxLength: 30 }), { maxLength: 3 });
  fc.assert(
    fc.property(lists, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 8 }), fc.boolean(), (slots, number, size, lastFirst) => {
      const counted = slots.map((list) => ({ slots: list }));
      const known = counted.map((list) => ({ ...list, passing: list.slots.filter((item) => item !== undefined && passes(item)).length }));
      const page = paged(counted, passes, { number, size }, lastFirst);
      expect(paged(known, passes, { number, size }, lastFirst)).toEqual(page);
      const all = slots.flatMap((list) => (lastFirst ? [...list].reverse() : list)).filter((item) => item !== undefined && passes(item));
      expect(page).toEqual({ items: all.slice((number - 1) * size, number * size), total: all.length });
    }),
  );
});
