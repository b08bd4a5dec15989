import { parseGuardrailsJson } from "../contract/guardrails";
import { UNKNOWN, type Issue, type ValueObject } from "../contract/values";
import { text } from "./arguments-of";
import { expand, variableOf, type Environment } from "./environment";
import { Policy, type PolicySource } from "./policy";
import { configuredRegion } from "./settings";

/** The rules that the environment's file and the provider block hold: neither loosens the other. */
export function readPolicy(
  config: ValueObject,
  env: Environment,
  readFile: (file: string) => string,
): { readonly policy: Policy } | { readonly issue: Issue } {
  const sources: PolicySource[] = [];
  const named = variableOf(env, "policy");
  if (named !== null) {
    const read = rulesIn(expand(named.value, env), readFile);
    if ("issue" in read) return read;
    sources.push(read);
  }
  const given = parseGuardrailsJson(text(config["policy"]) ?? "{}");
  if ("rules" in given) sources.push({ rules: given.rules, source: "the provider's `policy`" });
  const region = config["region"] === UNKNOWN ? UNKNOWN : configuredRegion(config, env);
  return { policy: new Policy(sources, config, region) };
}

/** Without its rules nothing may be started: a file that cannot be read is an error. */
function rulesIn(file: string, readFile: (file: string) => string): PolicySource | { readonly issue: Issue } {
  const source = `IMAGETASK_POLICY (${file})`;
  try {
    const parsed = parseGuardrailsJson(readFile(file));
    if ("rules" in parsed) return { rules: parsed.rules, source };
    return invalid(`The file ${file}, which IMAGETASK_POLICY names, holds no guard rails. ${parsed.faults.join(" ")} Mend the file.`);
  } catch (error) {
    return invalid(
      `The file ${file}, which IMAGETASK_POLICY names, cannot be read: ${(error as Error).message}. Give the file's absolute path, or unset the variable.`,
    );
  }
}

const invalid = (detail: string): { readonly issue: Issue } => ({ issue: { path: [], summary: "Invalid policy", detail } });
