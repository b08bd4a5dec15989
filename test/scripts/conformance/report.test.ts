import { loadScript } from "../support/load-script";
import { type Results, judged } from "../support/conformance";

const { table, details, differences } = loadScript<{ [name: string]: (results: Results) => string }>("scripts/conformance/report.mjs");
const differing = judged({ check: "import-cancel", outcome: "differs", seen: "task: Failed", differs: ["afterCancel.task: seen Failed"] });
const results: Results = {
  js: { lines: [judged({ check: "describe-regions", seen: "27 regions" }), differing] },
  "python-v1": {
    lines: [judged({ check: "describe-regions", seen: "27 regions" }), { ...differing, outcome: "failed", expected: "gone" }],
  },
  "go-v1": { missing: "no go on PATH" },
  "go-v3": { failed: "go build failed" },
};

describe("the report", () => {
  test("is a table with a row for each check and a column for each client", () => {
    const rows = table(results).split("\n");
    expect(rows[0]).toBe("check                  js       python-v1  go-v1     go-v3");
    expect(rows[1]).toBe("describe-regions       passed   passed     left out  FAILED");
    expect(rows.find((row) => row.startsWith("import-cancel"))).toBe("import-cancel          differs  FAILED     left out  FAILED");
  });

  test("has one line for clients that saw the same", () => {
    expect(details(results).split("\n").slice(0, 2)).toEqual(["describe-regions", "  js, python-v1: 27 regions"]);
  });

  test("has the expected value beside what was seen", () => {
    expect(details(results)).toContain("  python-v1: task: Failed; EXPECTED gone; DIFFERS afterCancel.task: seen Failed");
  });

  test("names the clients that saw a difference", () => {
    expect(differences(results)).toBe("differs: import-cancel: afterCancel.task: seen Failed (js, python-v1)");
  });

  test("has a row for a line that belongs to no check", () => {
    expect(table({ js: { lines: [judged({ check: "order", outcome: "failed" })] } })).toMatch(/^order +FAILED$/m);
  });
});
