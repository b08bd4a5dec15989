import { encodeDiagnostics } from "../../../lib/plugin/codec/diagnostics";

test("a diagnostic is sent without control characters, but with the line breaks of its detail", () => {
  const [sent] = encodeDiagnostics([
    { severity: "error", summary: "Failed\nError: forged\u001b[2J", detail: "first\n\nsecond\u202e\u200b\u009b1m\r\nthird" },
  ]);
  expect(sent).toMatchObject({ summary: "Failed Error: forged[2J", detail: "first\n\nsecond1m\nthird" });
});
