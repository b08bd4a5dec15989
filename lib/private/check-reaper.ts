import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { shown } from "../contract/rules/finding";
import { parseDuration } from "../contract/rules/duration";
import { checkRegion } from "../contract/rules/region";
import type { Issue } from "../contract/values";
import { checkShape, raise } from "./check-props";
import type { PropShape } from "./prop-shape";

const SHAPE: PropShape = {
  values: {
    apply: "bool",
    schedule: "string",
    olderThan: "string",
    knownStacks: ["list", "string"],
    regions: ["list", "string"],
    functionName: "string",
    logProject: "string",
  },
  objects: {},
  others: ["provider"],
};

interface ReaperProps {
  readonly apply?: boolean;
  readonly schedule?: string;
  readonly olderThan?: string;
  readonly knownStacks?: readonly string[];
  readonly regions?: readonly string[];
  readonly functionName?: string;
}

/** `@every 30m`, or six fields with an optional time zone before them. */
const SCHEDULE = /^(@every ([1-9]\d*[hms])+|(CRON_TZ=\S+ )?\S+( \S+){5})$/;
/** Names that are valid for a function, a role, a policy, a Logstore and, followed by an account id, a log project. */
const NAME = /^[a-z][a-z0-9-]{0,38}[a-z0-9]$/;

/**
 * Checks the props of an `ImageTaskReaper`.
 * @throws ImageTaskValidationError with all errors
 */
export function checkReaper(construct: IConstruct, props: ReaperProps): void {
  checkShape(construct, SHAPE, props);
  const { apply, schedule, olderThan, knownStacks, regions, functionName } = props;
  const issues: Issue[] = [];
  const check = (name: string, value: string | undefined, fits: (value: string) => boolean, summary: string, allowed: string): void => {
    if (value !== undefined && !Token.isUnresolved(value) && !fits(value))
      issues.push({ path: [name], summary, detail: `\`${name}\` is ${shown(value)}. ${allowed}` });
  };
  // Synth writes the role's permissions, and the names derived from these props.
  for (const [name, value] of Object.entries({ apply, regions, functionName }))
    if (Token.isUnresolved(value))
      issues.push({
        path: [name],
        summary: "Not known at synth",
        detail: `Only Terraform knows \`${name}\`, but synth writes permissions and names. Use a literal value.`,
      });
  check("schedule", schedule, (value) => SCHEDULE.test(value), "Invalid schedule", WAYS.schedule);
  check("olderThan", olderThan, (value) => parseDuration(value) !== null, "Invalid duration", WAYS.olderThan);
  check("functionName", functionName, (value) => NAME.test(value), "Invalid name", WAYS.functionName);
  if (knownStacks?.length === 0)
    issues.push({
      path: ["knownStacks"],
      summary: "No known stack",
      detail: "`knownStacks` is empty, so the reaper would end the overdue operations of all stacks. If you want that, omit it.",
    });
  if (!Token.isUnresolved(regions))
    for (const [index, region] of (regions ?? []).entries()) {
      const finding = Token.isUnresolved(region) ? null : checkRegion(region, `regions[${index}]`);
      if (finding) issues.push({ path: ["regions", index], ...finding });
    }
  raise(construct, issues);
}

const WAYS = {
  schedule:
    'Write "@every 30m", or the six fields of a Function Compute cron expression, which begins with the seconds: "0 0 3 * * *" is 3:00 UTC.',
  olderThan: 'A duration is a number with a unit: "0s", "90m", "6h", "1h30m".',
  functionName: "A name has 2 to 40 lower-case letters, digits and dashes, begins with a letter and does not end with a dash.",
};
