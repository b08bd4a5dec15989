import { loadScript } from "../support/load-script";
import { type Options, type Results, judged } from "../support/conformance";

type Verdict = (results: Results, options: Pick<Options, "mode" | "clients">) => number;
const { verdict } = loadScript<{ verdict: Verdict }>("scripts/conformance/verdict.mjs");
const one = (outcome: string): Results => ({ js: { lines: [judged({ outcome })] } });

describe("the exit code of the conformance run", () => {
  test.each<[string, Results, Pick<Options, "mode" | "clients">, number]>([
    ["passed", one("passed"), { mode: "real" }, 0],
    ["skipped", one("skipped"), { mode: "real" }, 0],
    ["failed", one("failed"), { mode: "real" }, 1],
    ["a difference on real ECS", one("differs"), { mode: "real" }, 0],
    ["a difference on an emulator whose switches are unknown", one("differs"), { mode: "endpoint" }, 0],
    ["a difference on the emulator with its defaults", one("differs"), { mode: "emulator" }, 1],
    ["a client that is missing and was not requested", { "go-v1": { missing: "no go on PATH" } }, { mode: "emulator" }, 0],
    ["a client that is missing, but was requested", { "go-v1": { missing: "no go on PATH" } }, { mode: "emulator", clients: ["go-v1"] }, 1],
    ["a client whose build failed", { "go-v1": { failed: "go build failed" } }, { mode: "emulator" }, 1],
  ])("for %s", (_what, results, options, code) => {
    expect(verdict(results, options)).toBe(code);
  });
});
