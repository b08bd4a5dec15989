import { START_KEY_TAG } from "../../contract/provider";
import { messageOf } from "../../contract/thrown";
import type { DeleteRequest, Diagnostic, StateResult } from "../../plugin/resource";
import type { Context } from "../context";
import { RETAINED } from "../operations/attribution";
import { unmarkExport } from "../operations/marks";
import { capitalized, isUnresolved, type Operation } from "../task/operation";
import { describeLeft, type LeftSnapshot } from "../task/end/remove-snapshots";
import { retry } from "../task/calls/retry";
import type { Ended } from "../task/end/end-operation";
import { bool, timeLimit } from "./arguments";
import { toDiagnostic, warning } from "./diagnostics";
import { readPrivate, writePrivate } from "./private-data";
import type { StartKind } from "./start-kind";

const DELETE_LIMIT = "1h";

/** Destroys a start resource: cancels the operation if it is running, and deletes its image unless `retain_on_destroy` is set. */
export async function removeStart(
  kind: StartKind,
  context: Context,
  { prior, private: bytes }: DeleteRequest,
  operation: Operation,
): Promise<StateResult> {
  const { clock, claims, run } = context;
  const { describe } = context.imageNames;
  const limit = timeLimit(prior, "delete", DELETE_LIMIT);
  const until = clock.now() + limit.ms;
  if (!isUnresolved(operation) && claims.has(operation)) {
    return {
      state: null,
      diagnostics: [
        warning(
          `The operation has a new owner: ${describe(operation)}`,
          `${capitalized(describe(operation))} was taken over by another resource of this run, so it stays. To start a new one, destroy first or change start_key.`,
        ),
      ],
    };
  }
  // Its name is about to become free.
  claims.end(operation);
  const retain = bool(prior["retain_on_destroy"]) === true;
  const keepSnapshots = retain || bool(prior["delete_snapshots"]) === false;
  const data = readPrivate(bytes);
  const knownSnapshots = keepSnapshots ? [] : (data.snapshots ?? []);
  try {
    const operations = isUnresolved(operation) ? await kind.lost(context, operation, prior, until) : [operation];
    const diagnostics: Diagnostic[] = [];
    const left: LeftSnapshot[] = [];
    for (const target of operations) {
      const end = (limit: number): Promise<Ended> =>
        context.end(target, { until: limit, remove: retain ? "leftover" : "any", trusted: false, keepSnapshots, knownSnapshots });
      const ended = await run.persistently(end, until);
      context.log(`${describe(target)} was destroyed`, { ...ended });
      run.over(target);
      if (ended.cancelled) await unmarkExport(context, target);
      // In a replacement, ECS may answer the next start, which has the same token, with this operation. The claim prevents a take-over.
      if (kind.kind !== "export") claims.claim(target);
      if (retain && ended.outcome === "finished") diagnostics.push(...(await releaseStartKey(context, target)));
      left.push(...(ended.snapshotsLeft ?? []));
    }
    const pending = left.filter(({ because }) => because === "pending");
    if (pending.length > 0)
      return {
        state: prior,
        private: writePrivate({ ...data, snapshots: pending.map(({ id }) => id) }),
        diagnostics: [snapshotsPending(kind, pending)],
      };
    return { state: null, diagnostics: [...diagnostics, ...(left.length > 0 ? [snapshotsKept(operation.imageId, left)] : [])] };
  } catch (error) {
    return { state: prior, private: bytes, diagnostics: [toDiagnostic(`Destroying ${kind.type} failed`, error, kind.errorPaths)] };
  }
}

/** A warning, not an error, because the image is gone; but the snapshots still cost money. */
function snapshotsKept(imageId: string | null, left: readonly LeftSnapshot[]): Diagnostic {
  return warning(
    `Snapshots of image ${imageId} remain`,
    `The image is gone, but its snapshots remain: ${describeLeft(left)}. ECS bills them until they are deleted. Delete them in the ECS console once nothing needs them. If rights are missing, allow ecs:DescribeSnapshots and ecs:DeleteSnapshot on acs:ecs:*:*:snapshot/*. To keep snapshots, set delete_snapshots = false.`,
  );
}

function snapshotsPending(kind: StartKind, left: readonly LeftSnapshot[]): Diagnostic {
  return {
    severity: "error",
    summary: `Destroying ${kind.type} failed`,
    detail: `The image is gone, but its snapshots ${describeLeft(left)} could not be deleted. ECS bills them until they are deleted. Destroy again, or delete them in the ECS console.`,
  };
}

async function releaseStartKey({ gateway, clock, random }: Context, { region, imageId }: Operation): Promise<Diagnostic[]> {
  try {
    await retry(() => gateway.tagImage(region, imageId!, { [START_KEY_TAG]: RETAINED }), { clock, random, until: clock.now() + 30_000 });
    return [];
  } catch (error) {
    return [
      warning(
        `The retained image ${imageId} keeps its start key`,
        `Image ${imageId} (${region}) stays, but its tag ${START_KEY_TAG} could not be changed (${messageOf(error)}). A later start with the same key may take it over. Remove the tag in the ECS console.`,
      ),
    ];
  }
}
