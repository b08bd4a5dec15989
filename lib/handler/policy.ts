import { checkGuardrails, PROVIDER, type GuardrailFinding, type Guardrails, type Subject } from "../contract/guardrails";
import type { Value, ValueObject } from "../contract/values";
import type { Diagnostic } from "../plugin/resource";

/** Guard rails, and where they come from, for messages. */
export interface PolicySource {
  readonly rules: Guardrails;
  readonly source: string;
}

/**
 * The platform team's guard rails at deploy time, where a synth cannot bypass them. They prevent a start or a change that breaks them.
 * They never prevent a destroy or a refresh, and never stop a run because of a resource that stays as it is.
 */
export class Policy {
  /** Whether this plan has reported what the provider block breaks, which is the same for each resource. */
  private providerReported = false;

  /**
   * @param provider the provider block
   * @param region the provider's region; null if neither the block nor the environment has one
   */
  constructor(
    private readonly sources: readonly PolicySource[],
    private readonly provider: ValueObject,
    private readonly region: Value,
  ) {}

  /**
   * The rules that the provider block itself breaks, as warnings on its arguments. An error here would also prevent a destroy and hide
   * other errors. Instead, each start is refused.
   */
  onProvider(): Diagnostic[] {
    return this.findings(PROVIDER, this.provider).map((found) => ({ ...found, severity: "warning" }));
  }

  /** @param changes false for a resource that stays as it is: then the findings are warnings */
  onPlan(type: string, planned: ValueObject, changes = true): Diagnostic[] {
    const found = this.findings(type, planned);
    if (!changes) return found.map((diagnostic) => ({ ...diagnostic, severity: "warning" }));
    const more = this.providerReported ? [] : this.ofProvider();
    this.providerReported = true;
    return [...found, ...more];
  }

  /** The errors that prevent a start or a change, now that all values are known. */
  onApply(type: string, planned: ValueObject): Diagnostic[] {
    return [...this.findings(type, planned), ...this.ofProvider()].filter(({ severity }) => severity === "error");
  }

  /** The errors in the provider block. They have no path, because no argument of the resource is at fault. */
  private ofProvider(): Diagnostic[] {
    return this.findings(PROVIDER, this.provider)
      .filter(({ severity }) => severity === "error")
      .map(({ severity, summary, detail }) => ({ severity, summary, detail }));
  }

  private findings(type: string, config: ValueObject): Diagnostic[] {
    const provider: Subject["provider"] = { region: this.region, defaultTags: this.provider["default_tags"] ?? null };
    return this.sources.flatMap(({ rules, source }) =>
      checkGuardrails(rules, { type, config, provider })
        .filter(({ state }) => state === "broken")
        .map((finding) => diagnosticOf(finding, source)),
    );
  }
}

function diagnosticOf({ severity, path, summary, detail }: GuardrailFinding, source: string): Diagnostic {
  return { severity, path, summary, detail: `${detail} The rule comes from ${source}.` };
}
