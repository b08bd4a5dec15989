import { keptPromise } from "./kept-promise";

test("a promise that is kept needs no look at the machine", () => {
  keptPromise("the cancel", 999, 1_000, () => {
    throw new Error("looked");
  });
});

test("a promise is held against the machine's pace: kept on a busy one, broken on one at rest", () => {
  keptPromise("the cancel", 2_500, 1_000, () => 3);
  expect(() => keptPromise("the cancel", 2_500, 1_000, () => 0.8)).toThrow("the cancel took 2500 ms; less than 1000 ms are promised.");
});

test("a promise that is broken even so tells what was allowed, and why", () => {
  expect(() => keptPromise("the cancel", 2_500, 1_000, () => 2)).toThrow(
    "less than 1000 ms are promised (this machine is 2.0 times slower than at rest, so 2000 ms were allowed)",
  );
});
