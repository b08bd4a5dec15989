import { errorPaths, LIST_ARGUMENTS } from "../../contract/arguments";
import { canonicalEnum, checkList } from "../../contract/checks";
import { LIST_SCHEMAS } from "../../contract/lists";
import { blankBlock } from "../../contract/schema";
import type { ValueObject } from "../../contract/values";
import type { Diagnostic, FoundResource, List, ListRequest, Resource } from "../../plugin/resource";
import type { Context } from "../context";
import { withExtras } from "../operations/extras";
import { listRegion, type ListedOperation } from "../operations/list-region";
import { select, STATUSES } from "../operations/select";
import { text } from "../resources/arguments";
import { toDiagnostic } from "../resources/diagnostics";
import { noRegion } from "../resources/no-region";
import { notConfigured } from "../resources/not-configured";
import { identityOf } from "../resources/start-identity";
import { atValidate, issueDiagnostic, nameOperation, type StartKind } from "../resources/start-kind";
import { orAbort } from "../task/calls/or-abort";
import { formatOperationId } from "../task/operation";

/** How long a throttled list is retried, in milliseconds. */
const PATIENCE = 60_000;

/** Lists the operations of one kind in a region, as `imagetask list` does. Each of them can be imported by its id. */
export function startList(kind: StartKind, context: Context, resource: Resource): List {
  return {
    schema: LIST_SCHEMAS[kind.type as keyof typeof LIST_SCHEMAS],
    validate: (config) => atValidate(checkList(config)),
    async list(config, request) {
      const issues = checkList(config);
      if (issues.length > 0) return issues.map(issueDiagnostic);
      if (context.pending) return notConfigured("Nothing can be listed", "", context.pending).diagnostics!;
      const region = text(config["region"]) ?? context.defaultRegion;
      if (typeof region !== "string") return [issueDiagnostic(noRegion("list"))];
      try {
        const signal = AbortSignal.any([request.signal, context.run.signal]);
        await orAbort(listIn(region, config, request), signal);
        return [];
      } catch (error) {
        return request.signal.aborted ? [] : [toDiagnostic(`Listing ${kind.type} failed`, error, errorPaths(LIST_ARGUMENTS))];
      }
    },
  };

  async function listIn(region: string, config: ValueObject, { limit, withState, signal, found }: ListRequest): Promise<void> {
    const { gateway, clock } = context;
    const { operations } = await listRegion(region, context, clock.now() + PATIENCE);
    const wanted = canonicalEnum("status", text(config["status"]) ?? "running");
    const status = STATUSES.find((known) => known === wanted);
    const selected = select(operations, { kind: kind.kind, status, stack: text(config["stack"]) }).operations;
    const shown = (await withExtras(gateway, await importable(selected))).slice(0, limit);
    const resources = await Promise.all(shown.map((listed) => foundOf(listed, withState)));
    for (const one of resources) if (one && !signal.aborted) found(one);
  }

  /** Leaves out ended operations that left no image: they cannot be imported. */
  async function importable(listed: readonly ListedOperation[]): Promise<readonly ListedOperation[]> {
    const isThere = async ({ operation, state }: ListedOperation): Promise<boolean> => {
      if (operation.kind === "export" || state === "running") return true;
      return operation.imageId !== null && (await context.watcher(operation.region).fetchImage(operation.imageId)) !== null;
    };
    const there = await Promise.all(listed.map(isThere));
    return listed.filter((_, index) => there[index]);
  }

  async function foundOf(listed: ListedOperation, withState: boolean): Promise<FoundResource | null> {
    const { operation, name } = listed;
    const identity = identityOf(operation);
    if (!identity) return null;
    const id = operation.taskId ?? operation.imageId!;
    const item = { identity, displayName: name === null ? id : `${name} (${id})` };
    if (!withState) return item;
    const imported = await resource.importState!(formatOperationId(operation));
    if (!imported.state) return { ...item, state: bare(listed), diagnostics: imported.diagnostics?.map(asWarning) };
    const read = await resource.read({ state: imported.state, private: imported.private! });
    // It has been removed meanwhile.
    if (!read.state && !read.diagnostics?.length) return null;
    return { ...item, state: read.state ?? imported.state, diagnostics: read.diagnostics?.map(asWarning) };
  }

  function bare({ operation }: ListedOperation): ValueObject {
    return { ...blankBlock(kind.schema.block), ...nameOperation(kind, operation), region: operation.region };
  }
}

/** If one resource cannot be read, the others are still listed. */
const asWarning = (diagnostic: Diagnostic): Diagnostic => ({ ...diagnostic, severity: "warning", path: undefined });
