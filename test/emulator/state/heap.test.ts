import fc from "fast-check";
import { Heap } from "../../../lib/emulator/state/heap";

test("a heap always returns its smallest element, after any pushes and pops", () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 50 }), { nil: "pop" as const }), { maxLength: 200 }), (steps) => {
      const heap = new Heap<number>((a, b) => a < b);
      const model: number[] = [];
      for (const step of steps) {
        model.sort((a, b) => a - b);
        if (step === "pop") expect(heap.pop()).toBe(model.shift());
        else {
          heap.push(step);
          model.push(step);
        }
        expect(heap.first).toBe(model.length > 0 ? Math.min(...model) : undefined);
      }
    }),
  );
});
