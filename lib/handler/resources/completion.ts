import { COMPLETION_TYPE, RESOURCE_SCHEMAS } from "../../contract/resources";
import { checkCompletion } from "../../contract/checks";
import { UNKNOWN, type ValueObject } from "../../contract/values";
import type { CreateRequest, Diagnostic, PlanRequest, PlanResult, Resource, StateResult } from "../../plugin/resource";
import type { Context } from "../context";
import { unmarkExport } from "../operations/marks";
import { DeadlineError, InterruptedError } from "../errors";
import { complete, type Completed } from "../task/end/complete";
import { capitalized } from "../task/operation";
import { equivalent, text, timeLimit } from "./arguments";
import { toDiagnostic, warning } from "./diagnostics";
import { readCompletion } from "./completion-read";
import { namedOperation, operationIssues, OPERATION_ID } from "./operation-id";
import { atValidate, issueDiagnostic } from "./start-kind";

const COMPLETE_LIMIT = "2h";

/** Waits for an operation that a start resource owns. It owns nothing itself, so its destroy makes no call. */
export function completionResource(context: Context): Resource {
  return {
    schema: RESOURCE_SCHEMAS[COMPLETION_TYPE],
    validate: (config) => atValidate(checkCompletion(config)),
    plan: async (request) => plan(request, context),
    create: (request) => context.run.track(create(request, context)),
    update: async ({ prior, planned, private: bytes }) => {
      const refused = context.policy.onApply(COMPLETION_TYPE, planned);
      return refused.length > 0 ? { state: prior, private: bytes, diagnostics: refused } : { state: planned, private: bytes };
    },
    read: async ({ state, private: bytes }) => ({ state: await readCompletion(state, context), private: bytes }),
    delete: async () => ({ state: null }),
  };
}

function plan({ prior, proposed, config }: PlanRequest, { policy }: Context): PlanResult {
  const issues = operationIssues(config);
  if (issues.length > 0) return { planned: proposed, diagnostics: issues.map(issueDiagnostic) };
  const computed = { id: UNKNOWN, image_id: UNKNOWN, status: UNKNOWN, finished_time: UNKNOWN, progress: UNKNOWN } as const;
  if (prior === null) return { planned: { ...proposed, ...computed }, diagnostics: policy.onPlan(COMPLETION_TYPE, proposed) };
  if (prior["operation_id"] === proposed["operation_id"]) {
    const spelling = CHOICES.filter((name) => equivalent(prior[name], proposed[name], true)).map((name) => [name, prior[name]!] as const);
    const planned = { ...proposed, ...Object.fromEntries(spelling) };
    return { planned, diagnostics: policy.onPlan(COMPLETION_TYPE, planned, !equivalent(prior, planned)) };
  }
  const diagnostics = policy.onPlan(COMPLETION_TYPE, proposed);
  return { planned: { ...proposed, ...computed }, requiresReplace: [["operation_id"]], diagnostics };
}

async function create({ planned }: CreateRequest, context: Context): Promise<StateResult> {
  const refused = context.policy.onApply(COMPLETION_TYPE, planned);
  if (refused.length > 0) return { state: null, diagnostics: refused };
  const operationId = text(planned["operation_id"])!;
  const operation = namedOperation(operationId);
  if ("severity" in operation) return { state: null, diagnostics: [operation] };
  const limit = timeLimit(planned, "create", COMPLETE_LIMIT);
  const state = (status: string, imageId: string | null): ValueObject => ({
    ...planned,
    id: operationId,
    image_id: imageId,
    status,
    ...ending(imageId === null ? null : context.clock.date()),
  });
  try {
    const { gateway, clock, random, run } = context;
    const { describe } = context.imageNames;
    const completed = await complete(
      operation,
      { gateway, clock, random, run, describe, watcher: context.watcher(operation.region) },
      {
        timeout: limit.ms,
        timeoutText: limit.text,
        onTimeout: choice(planned, "on_timeout"),
        onInterrupt: choice(planned, "on_interrupt"),
        format: context.exportFormats.get(operation.taskId ?? ""),
      },
    );
    if (completed.ok || !completed.runsOn) void run.track(unmarkExport(context, operation));
    if (completed.ok) {
      const { otherFormat } = completed;
      return {
        state: state(completed.status, operation.imageId),
        ...(otherFormat && { diagnostics: [inOtherFormat(describe(operation), otherFormat)] }),
      };
    }
    return { state: state(completed.status, null), diagnostics: [explain(completed, operation.kind)] };
  } catch (error) {
    // ECS refuses the polls. The operation keeps running, and the next apply waits for it again.
    return { state: null, diagnostics: [toDiagnostic(`Waiting for the ${operation.kind} failed`, error, { "": OPERATION_ID })] };
  }
}

/** The attributes that are known only after the end. */
const ending = (finishedAt: number | null): ValueObject =>
  finishedAt === null ? { finished_time: null, progress: null } : { finished_time: new Date(finishedAt).toISOString(), progress: 100 };

const inOtherFormat = (what: string, format: string): Diagnostic =>
  warning(
    `Exported in another format: ${what}`,
    `ECS finished ${what} but wrote ${format}, not the image_format that you asked for: some regions export only raw and do not say so. Convert the object, or copy the image to a region that exports the format and export it there.`,
  );

/** Always added, because a provider does not know whether prevent_destroy is set. */
const PREVENTED = "If lifecycle.prevent_destroy is set, Terraform refuses to replace it: remove that for one apply, then add it again.";

function explain({ error, cleanup }: Extract<Completed, { ok: false }>, kind: string): Diagnostic {
  const detail = [`${capitalized(error.message)}${/[.!]$/.test(error.message) ? "" : "."}`, cleanup].filter(Boolean).join(" ");
  if (error instanceof DeadlineError)
    return {
      severity: "error",
      summary: `Timed out waiting for the ${kind}`,
      detail: `${detail}\n\nThe limit is timeouts.create of the completion, counted from the operation's start. Raise it if the ${kind} needs longer.`,
    };
  if (error instanceof InterruptedError) return { severity: "error", summary: `Interrupted while waiting for the ${kind}`, detail };
  return {
    severity: "error",
    summary: `The ${kind} failed`,
    detail: `${detail}\n\nThe next apply removes what it left and starts a new one. ${PREVENTED}`,
  };
}

/** For these arguments, a different case is not a change. */
const CHOICES = ["on_timeout", "on_interrupt"] as const;

function choice(config: ValueObject, argument: (typeof CHOICES)[number]): "cancel" | "detach" {
  return text(config[argument])?.toLowerCase() === "detach" ? "detach" : "cancel";
}
