import { parseGuardrailsJson } from "../contract/guardrails";
import { messageOf } from "../contract/thrown";
import { UNKNOWN, type Issue, type Path, type ValueObject } from "../contract/values";
import { expand, variableOf, type Environment } from "./environment";
import { Policy, type PolicySource } from "./policy";
import { configuredRegion } from "./settings";

/** Reads the guard rails in the file that IMAGETASK_POLICY names and in the provider's `policy`. A request must satisfy both. */
export function readPolicy(
  config: ValueObject,
  env: Environment,
  readFile: (file: string) => string,
): { readonly policy: Policy } | { readonly issue: Issue } {
  const sources: PolicySource[] = [];
  const named = variableOf(env, "policy");
  // An empty variable is most likely a mistake in the CI's configuration. It must not disable the rules.
  if (named === null && env["IMAGETASK_POLICY"] !== undefined)
    return invalid("IMAGETASK_POLICY is set but empty. Set it to the absolute path of the file with the guard rails, or unset it.");
  if (named !== null) {
    const read = rulesIn(expand(named.value, env), readFile);
    if ("issue" in read) return read;
    sources.push(read);
  }
  const given = config["policy"];
  if (typeof given === "string") {
    const parsed = parseGuardrailsJson(given);
    if ("faults" in parsed)
      return invalid(`\`policy\` does not contain valid guard rails. ${parsed.faults.join(" ")} Correct it, or remove it.`, ["policy"]);
    sources.push({ rules: parsed.rules, source: "the provider's `policy`" });
  }
  const region = config["region"] === UNKNOWN ? UNKNOWN : configuredRegion(config, env);
  return { policy: new Policy(sources, config, region) };
}

/** A file that cannot be read is an error: without its rules, nothing may be started. */
function rulesIn(file: string, readFile: (file: string) => string): PolicySource | { readonly issue: Issue } {
  const source = `IMAGETASK_POLICY (${file})`;
  try {
    const parsed = parseGuardrailsJson(readFile(file));
    if ("rules" in parsed) return { rules: parsed.rules, source };
    return invalid(
      `The file ${file}, which IMAGETASK_POLICY names, does not contain valid guard rails. ${parsed.faults.join(" ")} Correct the file.`,
    );
  } catch (error) {
    return invalid(
      `The file ${file}, which IMAGETASK_POLICY names, cannot be read: ${messageOf(error)}. Give the file's absolute path, or unset the variable.`,
    );
  }
}

const invalid = (detail: string, path: Path = []): { readonly issue: Issue } => ({ issue: { path, summary: "Invalid policy", detail } });
