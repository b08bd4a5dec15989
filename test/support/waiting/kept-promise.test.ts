import { keptPromise } from "./kept-promise";

test("a time below the promised one passes without a measurement of the machine", () => {
  keptPromise("the cancel", 999, 1_000, () => {
    throw new Error("it was measured");
  });
});

test("a longer time passes on a machine that is slow by that factor, and fails on a machine at rest", () => {
  keptPromise("the cancel", 2_500, 1_000, () => 3);
  expect(() => keptPromise("the cancel", 2_500, 1_000, () => 0.8)).toThrow("the cancel took 2500 ms; less than 1000 ms are promised.");
});

test("a failure says how much time was allowed, and why", () => {
  expect(() => keptPromise("the cancel", 2_500, 1_000, () => 2)).toThrow(
    "less than 1000 ms are promised (this machine is 2.0 times slower than at rest, so 2000 ms were allowed)",
  );
});
