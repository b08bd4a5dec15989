import type { DataSource, Diagnostic, Private, Resource, StateResult } from "../../plugin/resource";
import { DeadlineError, InterruptedError } from "../errors";
import { orAbort } from "../task/calls/or-abort";
import type { Run } from "../task/end/run";
import type { ValueObject } from "../../contract/values";

type Stopping = Pick<Run, "signal" | "bounded" | "track">;

/**
 * Limits how long a resource may take after an interrupt: Terraform waits for the calls in progress, and CI systems kill it within
 * ten seconds. Reads end at once. A change or a destroy gets the few seconds that the run allows, then continues in this
 * process. A create handles the interrupt itself, because what it started has to get into the state.
 */
export function untilStopped(type: string, resource: Resource, run: Stopping): Resource {
  const { importState, identity } = resource;
  const imported = (work: Promise<StateResult>): Promise<StateResult> =>
    orElse(orAbort(work, run.signal), () => nothing("Nothing was imported."));
  return {
    ...resource,
    read: (request) => orElse(orAbort(resource.read(request), run.signal), () => kept(request.state, request.private, NOT_READ)),
    update: (request) =>
      orElse(run.bounded(run.track(resource.update(request))), () => kept(request.prior, request.private, notChanged(type))),
    delete: (request) =>
      orElse(run.bounded(run.track(resource.delete(request))), () => kept(request.prior, request.private, notRemoved(type))),
    ...(importState && { importState: (id) => imported(importState.call(resource, id)) }),
    ...(identity && { identity: { ...identity, importState: (given) => imported(identity.importState(given)) } }),
  };
}

/** The same for a data source. */
export function readUntilStopped(source: DataSource, run: Pick<Stopping, "signal">): DataSource {
  return { ...source, read: (config) => orElse(orAbort(source.read(config), run.signal), () => nothing("Run the same command again.")) };
}

const NOT_READ = "The run was interrupted before ECS answered. The state stays as it was.";

const notChanged = (type: string): string =>
  `The run was interrupted before ECS confirmed the change of this ${type}. The state has the old values. The next plan shows what still has to change.`;

const notRemoved = (type: string): string =>
  `The run was interrupted while this ${type} was being destroyed. It stays in the state: run the same command again.`;

function kept(state: ValueObject, bytes: Private, detail: string): StateResult {
  return { state, private: bytes, diagnostics: [interrupted(detail)] };
}

function nothing(next: string): StateResult {
  return { state: null, diagnostics: [interrupted(`The run was interrupted before ECS answered. ${next}`)] };
}

const interrupted = (detail: string): Diagnostic => ({ severity: "error", summary: "Interrupted", detail });

/** Resources return their own failures, so they reject only because of the interrupt. */
async function orElse(work: Promise<StateResult>, otherwise: () => StateResult): Promise<StateResult> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof InterruptedError || error instanceof DeadlineError) return otherwise();
    throw error;
  }
}
