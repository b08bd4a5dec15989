import { oneLine, printable } from "../../contract/printable";
import type { Issue } from "../../contract/values";
import { Diagnostic_Severity, type Diagnostic as WireDiagnostic } from "../gen/tfplugin6";
import type { Diagnostic } from "../resource";
import { encodePath } from "./path";
import type { Shape } from "./shape";

/**
 * Encodes diagnostics, without control characters, because Terraform prints the text unchanged. Without a shape it omits the paths, because
 * there is no configuration that they could point into.
 */
export function encodeDiagnostics(diagnostics: readonly Diagnostic[] | undefined, shape?: Shape): WireDiagnostic[] {
  return (diagnostics ?? []).map(({ severity, summary, detail, path }) => ({
    severity: severity === "warning" ? Diagnostic_Severity.WARNING : Diagnostic_Severity.ERROR,
    summary: oneLine(summary),
    detail: printable(detail),
    attribute: path?.length && shape ? encodePath(path, shape) : undefined,
  }));
}

/** Encodes the issues that a check found, as errors. */
export function encodeIssues(issues: readonly Issue[] | undefined, shape: Shape): WireDiagnostic[] {
  return encodeDiagnostics(
    issues?.map((issue) => ({ severity: "error", ...issue })),
    shape,
  );
}
