import { blankBlock } from "../../contract/schema";
import type { ValueObject } from "../../contract/values";
import type { DeleteRequest, MoveRequest, ReadRequest, Resource, StateResult, UpdateRequest } from "../../plugin/resource";
import type { Context } from "../context";
import { changeMarks } from "../operations/marks";
import { assess, isMade } from "../task/watch/assess";
import { since } from "../task/clock";
import { TASK_RECORD_LIFE } from "../task/ecs-timing";
import { isUnresolved, parseOperationId, type Operation } from "../task/operation";
import { fetchImage } from "../task/watch/fetch";
import { snapshotIdsOf } from "../task/end/snapshot-trail";
import { text } from "./arguments";
import { toDiagnostic } from "./diagnostics";
import { readPrivate, writePrivate } from "./private-data";
import { createStart } from "./start-create";
import { removeStart } from "./start-delete";
import { startIdentity } from "./start-identity";
import { importStart } from "./start-import";
import { leavesSnapshots } from "./leaves-snapshots";
import { atValidate, nameOperation, type StartKind } from "./start-kind";
import { isPlaced, planStart } from "./start-plan";

/** Arguments that the operation's marks show. */
const MARKED_BY = ["expires_after"];

/** A resource that starts an operation within seconds and then owns it. It never waits for the end. */
export function startResource(kind: StartKind, context: Context): Resource {
  const { clock, ownership, run } = context;

  async function read({ state, private: bytes }: ReadRequest): Promise<StateResult> {
    const data = readPrivate(bytes);
    const operation = operationOf(kind, state, context);
    ownership.see(operation);
    // The provider is not configured yet, so the state stays as it is.
    if (context.pending) return { state, private: bytes };
    if (isUnresolved(operation)) return { state, private: writePrivate({ ...data, failed: "unresolved" }) };
    const named = { ...state, ...nameOperation(kind, operation), region: operation.region };
    // The state of a moved export has no task id, so the export cannot be polled. Its object in OSS belongs to the user.
    if (kind.kind === "export" && operation.taskId === null) return { state: isPlaced(state) ? named : state, private: bytes };
    try {
      const observation = await context.watcher(operation.region).poll(operation);
      const age = since(operation.startedAt, clock);
      const verdict = assess(operation, observation, age);
      if (verdict.state === "gone" && kind.kind !== "export") {
        if (!isPlaced(state)) return { state, private: bytes };
        // If the resource were dropped from the state, it could not be destroyed, and its snapshots would stay.
        return (await leavesSnapshots(context, operation, state, data))
          ? { state: named, private: writePrivate({ ...data, failed: "not found" }) }
          : { state: null };
      }
      const expired = verdict.state === "gone" && age < TASK_RECORD_LIFE ? "not found" : undefined;
      const failed = verdict.state === "failed" ? verdict.status : expired;
      const filling = data.imported === true && kind.drift !== undefined && operation.imageId !== null;
      // A running operation is polled by its task only; after an import, the image has the arguments.
      const image = observation.image ?? (filling ? await context.watcher(operation.region).fetchImage(operation.imageId) : null);
      const drifted = image && kind.drift ? kind.drift(named, image, context, filling) : named;
      const snapshots = image && isMade(image) ? snapshotIdsOf(image) : data.snapshots;
      return { state: drifted, private: writePrivate({ ...data, failed, snapshots }) };
    } catch (error) {
      return { state, private: bytes, diagnostics: [toDiagnostic(`Reading ${kind.type} failed`, error, kind.errorPaths)] };
    }
  }

  async function update({ prior, planned, private: bytes }: UpdateRequest): Promise<StateResult> {
    ownership.applies();
    const refused = context.policy.onApply(kind.type, planned);
    if (refused.length > 0) return { state: prior, private: bytes, diagnostics: refused };
    const { generation, snapshots } = readPrivate(bytes);
    const operation = operationOf(kind, isPlaced(prior) ? prior : { ...prior, region: planned["region"]! }, context);
    try {
      if (!isPlaced(prior)) await assertThere(context, operation);
      await kind.update?.(context, operation, prior, planned);
      if (MARKED_BY.some((name) => prior[name] !== planned[name])) await changeMarks(context, operation, prior, planned);
      const state = isPlaced(prior) ? planned : { ...planned, ...nameOperation(kind, operation) };
      return { state, private: writePrivate({ generation, snapshots }) };
    } catch (error) {
      return { state: prior, private: bytes, diagnostics: [toDiagnostic(`Changing ${kind.type} failed`, error, kind.errorPaths)] };
    }
  }

  return {
    schema: kind.schema,
    validate: (config) => atValidate(kind.validate(config)),
    async plan(request) {
      ownership.see(request.prior && operationOf(kind, request.prior, context));
      return planStart(kind, context, request);
    },
    read,
    create: (request) => run.track(createStart(kind, context, request)),
    update,
    delete(request: DeleteRequest) {
      ownership.applies();
      return removeStart(kind, context, request, operationOf(kind, request.prior, context));
    },
    importState: (id) => importStart(kind, context, id),
    identity: startIdentity(kind, context),
    moveState: async (request) => moveStart(kind, request),
  };
}

/** The operation in the state. After `moved` the state has only an image's id, and the provider's region counts. */
function operationOf(kind: StartKind, state: ValueObject, context: Context): Operation {
  const id = text(state["id"]) ?? "";
  const named = parseOperationId(id);
  context.imageNames.learn((named?.imageId ?? id) || null, text(state["image_name"]));
  if (named) return named;
  const { defaultRegion } = context;
  const region = text(state["region"]) ?? (typeof defaultRegion === "string" ? defaultRegion : "");
  return { kind: kind.kind, region, taskId: null, imageId: id || null, startedAt: 0 };
}

/** Checks that a moved resource exists in the region that its configuration names. */
async function assertThere({ gateway }: Context, { kind, region, imageId }: Operation): Promise<void> {
  if (kind === "export" || imageId === null || (await fetchImage(gateway, region, imageId))) return;
  throw new Error(
    `There is no image ${imageId} in ${region}, where the moved resource is configured. Set region to where the image is; if the image is gone, remove the resource with "terraform state rm" and the moved block with it.`,
  );
}

function moveStart(kind: StartKind, request: MoveRequest): StateResult | null {
  if (!/(^|\/)(aliyun|hashicorp)\/alicloud$/.test(request.sourceProvider)) return null;
  const moved = kind.moveFrom(request.sourceType, request.sourceState);
  return moved && { state: { ...blankBlock(kind.schema.block), ...moved }, private: writePrivate({ imported: true }) };
}
