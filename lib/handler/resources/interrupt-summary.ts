import type { Diagnostic, Resource, StateResult } from "../../plugin/resource";
import type { StoppedOperation } from "../task/end/stopped-operation";
import type { Run } from "../task/end/run";
import type { Describe } from "../task/image-names";
import type { Operation } from "../task/operation";
import { warning } from "./diagnostics";

/**
 * After an interrupt, each resource's error describes only its own operation. The last answer adds a summary of all operations of the
 * run, including those that no completion was waiting for yet, and says what to run next.
 */
export class InterruptSummary {
  private open = 0;

  constructor(
    private readonly run: Pick<Run, "stopped" | "orphaned" | "stoppedOperations">,
    private readonly describe: Describe,
  ) {}

  /** The same resource; its creates are counted. */
  of(resource: Resource): Resource {
    return { ...resource, create: (request) => this.after(resource.create(request)) };
  }

  private async after(answer: Promise<StateResult>): Promise<StateResult> {
    this.open++;
    const result = await answer.finally(() => this.open--);
    if (this.open > 0 || !this.run.stopped || this.run.orphaned) return result;
    const stopped = await this.run.stoppedOperations();
    // A single operation is described by its own error.
    return stopped.length < 2 ? result : { ...result, diagnostics: [...(result.diagnostics ?? []), summaryOf(stopped, this.describe)] };
  }
}

function summaryOf(stopped: readonly StoppedOperation[], describe: Describe): Diagnostic {
  const groups = [...GROUPS].map(([title, belongs]) => ({ title, members: stopped.filter(({ outcome }) => belongs(outcome)) }));
  const counts = groups.flatMap(({ title, members }) => (members.length > 0 ? [`${members.length} ${title}`] : []));
  const lists = groups.flatMap(({ title, members }) =>
    members.length > 0 ? [[`${title.charAt(0).toUpperCase()}${title.slice(1)}:`, ...named(members, describe)].join("\n  ")] : [],
  );
  const left = stopped.filter(({ outcome }) => outcome === "pending" || outcome instanceof Error).map(({ operation }) => operation);
  return warning(`Interrupted: ${counts.join(", ")}`, [...lists, next(left)].join("\n\n"));
}

const GROUPS: ReadonlyMap<string, (outcome: StoppedOperation["outcome"]) => boolean> = new Map([
  ["NOT cancelled", (outcome) => outcome === "pending" || outcome instanceof Error],
  ["cancelled", (outcome) => isEnded(outcome) && outcome.cancelled && outcome.outcome !== "finished"],
  ["ended before the cancel", (outcome) => isEnded(outcome) && !(outcome.cancelled && outcome.outcome !== "finished")],
  ["still running because of on_interrupt", (outcome) => outcome === "detached"],
]);

const isEnded = (outcome: StoppedOperation["outcome"]): outcome is Exclude<StoppedOperation["outcome"], string | Error> =>
  typeof outcome === "object" && !(outcome instanceof Error);

/** The most operations that the summary names in each group. */
const MOST = 20;

function named(members: readonly StoppedOperation[], describe: Describe): string[] {
  const lines = members.slice(0, MOST).map(({ operation, outcome }) => {
    if (outcome === "pending") return `${describe(operation)}: the cancel was sent but is not confirmed yet`;
    return outcome instanceof Error ? `${describe(operation)}: ${outcome.message.replace(/\s+/g, " ")}` : describe(operation);
  });
  return members.length > MOST ? [...lines, `and ${members.length - MOST} more`] : lines;
}

function next(left: readonly Operation[]): string {
  const apply = "The next apply continues what is still running and starts again what was cancelled; a destroy ends all of it.";
  if (left.length === 0) return apply;
  const ids = left.slice(0, MOST).flatMap(({ taskId, imageId }) => taskId ?? imageId ?? []);
  const regions = [...new Set(left.map(({ region }) => region))];
  return `To end what was not cancelled, run: imagetask cancel ${[...ids, ...regions.map((region) => `--region ${region}`)].join(" ")}\n${apply}`;
}
