import { encodeDiagnostics } from "../../../lib/plugin/codec/diagnostics";

test("a diagnostic holds nothing that would drive the terminal, whoever wrote it; its own line breaks stay", () => {
  const [sent] = encodeDiagnostics([
    { severity: "error", summary: "Failed\nError: forged\u001b[2J", detail: "first\n\nsecond\u202e\u200b\u009b1m\r\nthird" },
  ]);
  expect(sent).toMatchObject({ summary: "Failed Error: forged[2J", detail: "first\n\nsecond1m\nthird" });
});
