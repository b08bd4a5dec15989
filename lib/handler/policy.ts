import { checkGuardrails, PROVIDER, type GuardrailFinding, type Guardrails, type Subject } from "../contract/guardrails";
import type { Value, ValueObject } from "../contract/values";
import type { Diagnostic } from "../plugin/resource";

/** Rules, and where they come from, as the user reads it. */
export interface PolicySource {
  readonly rules: Guardrails;
  readonly source: string;
}

/**
 * The platform's rules at deploy time, where no synth is able to leave them out. They keep what breaks them from being started or changed. They
 * never stand in the way of a destroy, of a refresh, or of what exists and stays as it is.
 */
export class Policy {
  /** Once is enough for a plan: it is the same for each resource. */
  private toldOfProvider = false;

  /**
   * @param provider the provider block
   * @param region the provider's region; null where nobody gives one
   */
  constructor(
    private readonly sources: readonly PolicySource[],
    private readonly provider: ValueObject,
    private readonly region: Value,
  ) {}

  /**
   * What the provider block itself breaks: a warning on the argument. An error here would keep Terraform from a destroy, too, and from telling
   * what else is wrong; each start is refused instead.
   */
  onProvider(): Diagnostic[] {
    return this.findings(PROVIDER, this.provider).map((found) => ({ ...found, severity: "warning" }));
  }

  /** @param changes false for what exists and stays as it is, of which warnings tell */
  onPlan(type: string, planned: ValueObject, changes = true): Diagnostic[] {
    const found = this.findings(type, planned);
    if (!changes) return found.map((diagnostic) => ({ ...diagnostic, severity: "warning" }));
    const more = this.toldOfProvider ? [] : this.ofProvider();
    this.toldOfProvider = true;
    return [...found, ...more];
  }

  /** What keeps a resource from being started or changed, now that everything is known. */
  onApply(type: string, planned: ValueObject): Diagnostic[] {
    return [...this.findings(type, planned), ...this.ofProvider()].filter(({ severity }) => severity === "error");
  }

  /** As it keeps a resource from being started: on no argument of its own. */
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
  return { severity, path, summary, detail: `${detail} The rule stands in ${source}.` };
}
