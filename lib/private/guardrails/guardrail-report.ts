import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import type { IConstruct } from "constructs";
import type { Guardrails } from "../../contract/guardrails";
import type { SynthFinding } from "./findings";

const REPORT = Symbol.for("cdktf-alicloud-image-tasks.guardrailReport");
/** Synth writes it beside the manifest. */
const FILE = "imagetask-guardrails.json";

/** The report on the rules of one scope. */
export interface ReportPart {
  readonly scope: string;
  readonly rules: Guardrails;
  readonly findings: readonly SynthFinding[];
}

/** The report of an app: all rules that apply to any part of it. */
export interface GuardrailReport {
  add(part: () => ReportPart): void;
  write(): void;
}

/** The report of the app that contains the scope. An app has one. */
export function reportOf(scope: IConstruct): GuardrailReport {
  const root: IConstruct & { [REPORT]?: GuardrailReport } = scope.node.root;
  if (root[REPORT] !== undefined) return root[REPORT];
  const report = createReport(root);
  Object.defineProperty(root, REPORT, { value: report });
  return report;
}

function createReport(root: IConstruct): GuardrailReport {
  const parts: (() => ReportPart)[] = [];
  return {
    add: (part) => void parts.push(part),
    write() {
      // In tests, a stack may have no app, and an app no folder.
      if (!App.isApp(root) || !existsSync(root.outdir)) return;
      const guardrails = parts.map((part) => part()).map(({ findings, ...rest }) => ({ ...rest, findings: findings.map(lineOf) }));
      writeFileSync(join(root.outdir, FILE), `${JSON.stringify({ version: 1, guardrails }, null, 2)}\n`);
    },
  };
}

function lineOf({ construct, ...finding }: SynthFinding): object {
  return { construct: construct.node.path, ...finding };
}
