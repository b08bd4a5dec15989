import { Annotations, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { Guardrails } from "../../contract/guardrails";
import { findingsIn, type SynthFinding } from "./findings";
import { reportOf, type GuardrailReport } from "./guardrail-report";

/** The rules that apply to one scope. */
export class GuardrailCheck {
  private readonly findings = new Map<IConstruct, readonly SynthFinding[]>();
  private readonly reported = new Set<string>();
  private readonly report: GuardrailReport;

  constructor(
    private readonly scope: IConstruct,
    private readonly rules: Guardrails,
  ) {
    this.report = reportOf(scope);
  }

  /** Adds a validation to each stack. The app validates stacks that are created later. */
  install(): void {
    for (const stack of this.stacks()) stack.node.addValidation({ validate: () => this.validate(stack) });
    const { root } = this.scope.node;
    if (!TerraformStack.isStack(root)) root.node.addValidation({ validate: () => this.broken(this.checkRest()) });
    this.report.add(() => ({ scope: this.scope.node.path, rules: this.rules, findings: [...this.findings.values()].flat() }));
  }

  /** The errors of the stack. Synth stops at them, so they include the errors of the other stacks. */
  private validate(stack: TerraformStack): string[] {
    const own = this.broken(this.check(stack));
    const all = own.length === 0 ? [] : [...own, ...this.broken(this.checkRest())];
    this.report.write();
    return all;
  }

  private checkRest(): SynthFinding[] {
    const rest = this.stacks().filter((stack) => !this.findings.has(stack));
    const found = rest.flatMap((stack) => [...this.check(stack)]);
    if (rest.length > 0) this.report.write();
    return found;
  }

  private check(stack: TerraformStack): readonly SynthFinding[] {
    const found = findingsIn(this.scope, stack, this.rules);
    this.findings.set(stack, found);
    for (const { construct, state, severity, message } of found)
      if (state === "broken" && severity === "warning") this.annotate(construct, "addWarning", message);
    const open = found.filter(({ state }) => state === "not known");
    if (open.length > 0) this.annotate(stack, "addInfo", unchecked(open));
    return found;
  }

  /** Reports a finding that does not stop synth as an annotation, once. */
  private annotate(construct: IConstruct, level: "addWarning" | "addInfo", message: string): void {
    const key = `${construct.node.path} ${message}`;
    if (!this.reported.has(key)) Annotations.of(construct)[level](message);
    this.reported.add(key);
  }

  private broken(findings: readonly SynthFinding[]): string[] {
    return findings
      .filter(({ state, severity }) => state === "broken" && severity === "error")
      .map(({ construct, message }) => `[${construct.node.path}] ${message}`);
  }

  private stacks(): TerraformStack[] {
    const within = this.scope.node.findAll().filter((node): node is TerraformStack => TerraformStack.isStack(node));
    return within.length > 0 || this.scope.node.scopes.every((node) => !TerraformStack.isStack(node))
      ? within
      : [TerraformStack.of(this.scope)];
  }
}

/** One line per stack, because there may be many values that only Terraform knows. */
function unchecked(findings: readonly SynthFinding[]): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  const values = findings.length === 1 ? "1 value is" : `${findings.length} values are`;
  return `${rules.join(", ")}: ${values} known only to Terraform, so synth cannot check them. The provider checks them if its \`policy\` or IMAGETASK_POLICY has the same rules. imagetask-guardrails.json lists them.`;
}
