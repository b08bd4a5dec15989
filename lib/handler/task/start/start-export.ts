import { DeadlineError, InterruptedError, isEcs, UnresolvedStartError } from "../../errors";
import { hasEnded } from "../watch/assess";
import { EXPORT_LISTED_WITHIN, LOST_EXPORT_LISTED_WITHIN } from "../ecs-timing";
import type { ExportRequest, Task } from "../gateway";
import { capitalized, type Operation } from "../operation";
import { backoff, isTransient, retry } from "../calls/retry";
import { mayAppear, ROLE_PAUSE } from "./role-patience";
import { parseEcsTime } from "../parse-ecs-time";
import { isClaimedOrOwned } from "./is-claimed-or-owned";
import { isTooOld } from "./is-too-old";
import type { StartDeps } from "./start-deps";
import type { StartOptions } from "./start-options";
import { IN_USE_PAUSE, REPLAY } from "./start-patience";
import type { Started } from "./started";

/**
 * Starts an export, or takes over the one that a crashed run started. ExportImage has no token, so the running exports are looked
 * up before every attempt: a lost answer is never followed by a second export.
 *
 * After an interrupt, the outcome is awaited for as long as Terraform may be delayed; if the export turns out to run later, this
 * process cancels it.
 */
export async function startExport(region: string, request: ExportRequest, deps: StartDeps, options: StartOptions): Promise<Started> {
  const { claims, run } = deps;
  return claims.inTurn(`${region}/${request.imageId}`, async () => {
    const asked: Asked = { first: null };
    const start = findOrStart(region, request, deps, options, asked).then((started) => {
      claims.claim(started.operation);
      return started;
    });
    try {
      return await run.bounded(start);
    } catch (error) {
      if (!(error instanceof DeadlineError)) throw error;
      run.track(start.then(({ operation }) => run.started(operation))).catch(() => undefined);
      throw asked.first === null ? error : unresolved(request, error);
    }
  });
}

/** When ECS was first called to start the export; null before that. */
interface Asked {
  first: number | null;
}

async function findOrStart(region: string, request: ExportRequest, deps: StartDeps, options: StartOptions, asked: Asked): Promise<Started> {
  const { clock, random, run } = deps;
  const before = new Set<string>();
  let lost: unknown = null;
  let lostAt = Infinity;
  // Without Terraform nobody else will ever find the operation, so only the end of the process ends the attempts.
  const until = (): number => (run.orphaned ? Infinity : Math.min(options.until, lostAt + REPLAY));
  for (let failures = 0; ; failures++) {
    const takenOver = await findStarted();
    if (takenOver) return takenOver;
    try {
      if (run.stopped && lost !== null && clock.now() < lostAt + LOST_EXPORT_LISTED_WITHIN) throw lost;
      if (run.stopped) throw run.signal.reason;
      asked.first ??= clock.now();
      return { operation: await run.trackStart(callOnce(region, request, deps)), generation: 0 };
    } catch (error) {
      if (lost === null && isEcs(error, "unavailable")) {
        lost = error;
        lostAt = clock.now();
      }
      const awaitsRole = isEcs(error, "no-role") && mayAppear(asked.first!, clock.now());
      const delay = awaitsRole
        ? ROLE_PAUSE
        : isEcs(error, "in-use")
          ? IN_USE_PAUSE
          : Math.max(backoff(error, failures, random), lost === null ? 0 : EXPORT_LISTED_WITHIN);
      const waitable = awaitsRole || isTransient(error) || isEcs(error, "in-use");
      const giveUp = !waitable || clock.now() + delay > until() || (isEcs(error, "unreachable") && failures >= 3);
      if (giveUp) throw lost !== null && saysNothingOf(error) ? unresolved(request, error) : error;
      await clock.sleep(delay, lost === null ? run.signal : undefined);
    }
  }

  /** Takes over an export that an earlier run, or an unanswered attempt of this run, has started. */
  async function findStarted(): Promise<Started | null> {
    try {
      const patience = lost === null ? { signal: run.signal } : { unreachableFor: () => (run.orphaned ? Infinity : REPLAY) };
      const tasks = await retry(() => deps.finder.exportsOf(request.imageId), { clock, random, until, ...patience });
      const takenOver = await takeOverExport(tasks, region, request, deps, options, lost === null ? null : before);
      if (!takenOver && lost === null) tasks.forEach((task) => before.add(task.taskId));
      return takenOver;
    } catch (error) {
      throw lost !== null ? unresolved(request, error) : error;
    }
  }
}

async function callOnce(region: string, request: ExportRequest, { gateway, clock }: StartDeps): Promise<Operation> {
  const startedAt = clock.date();
  const { taskId } = await gateway.exportImage(region, request);
  return { kind: "export", region, taskId, imageId: request.imageId, startedAt };
}

/** A temporary error or a refusal of the credentials says nothing about the attempt whose answer was lost. */
const saysNothingOf = (error: unknown): boolean =>
  isTransient(error) || error instanceof InterruptedError || isEcs(error, "in-use", "expired", "credentials", "settings", "forbidden");

const unresolved = (request: ExportRequest, cause: unknown): UnresolvedStartError =>
  new UnresolvedStartError(`ECS gave no usable answer to the request for ${describeRequest(request)}. It may be running.`, cause);

const describeRequest = ({ imageId, parameters }: ExportRequest): string =>
  `an export of image ${imageId} to bucket ${String(parameters["OSSBucket"])}`;

/**
 * The running exports that an unanswered start may have begun: of the same image to the same bucket and object, not older than the
 * start, and of no other resource.
 */
export async function runningExports(
  { region, startedAt }: Operation,
  request: ExportRequest,
  deps: StartDeps,
  until: number,
): Promise<Operation[]> {
  const { clock, random } = deps;
  const tasks = await retry(() => deps.finder.exportsOf(request.imageId), { clock, random, until });
  const found: Operation[] = [];
  for (const task of tasks) {
    const operation = operationOf(task, region, request, clock.date());
    if (hasEnded(task) || isTooOld(task.creationTime, startedAt) || isClaimedOrOwned(operation, deps)) continue;
    if (await matches(task, region, request, deps, until, false)) found.push(operation);
  }
  return found;
}

function operationOf(task: Task, region: string, request: ExportRequest, now: number): Operation {
  return { kind: "export", region, taskId: task.taskId, imageId: request.imageId, startedAt: parseEcsTime(task.creationTime, now) };
}

/**
 * @param before after a lost answer, the tasks that existed before the call: a new task, running or ended, is the lost one
 */
async function takeOverExport(
  tasks: readonly Task[],
  region: string,
  request: ExportRequest,
  deps: StartDeps,
  options: StartOptions,
  before: ReadonlySet<string> | null,
): Promise<Started | null> {
  for (const task of tasks) {
    const operation = operationOf(task, region, request, deps.clock.date());
    if (isClaimedOrOwned(operation, deps)) continue;
    if (before ? before.has(task.taskId) : hasEnded(task)) continue;
    if (!(await matches(task, region, request, deps, options.until, before !== null))) continue;
    return {
      operation,
      generation: 0,
      takenOver: before
        ? undefined
        : {
            note: `${capitalized(deps.describe(operation))} was started by an earlier run that did not save it. ECS shows it as ${task.status}.`,
          },
    };
  }
  return null;
}

/**
 * Whether it is the same export. Exports have no key, so image, bucket, object name and format are compared; ECS does not return
 * the role. An export to another bucket or object is never taken over or ended.
 *
 * @param isNew whether the task appeared just after a call whose answer was lost. ECS may not return its bucket and object yet
 */
async function matches(
  task: Task,
  region: string,
  request: ExportRequest,
  { gateway, clock, random }: StartDeps,
  until: number,
  isNew: boolean,
): Promise<boolean> {
  const { related } = await retry(() => gateway.describeTaskAttribute(region, task.taskId), { clock, random, until });
  const { OSSBucket: bucket, OSSObject: object, ImageFormat: format } = related;
  const { imageId, parameters } = request;
  const name = parameters["OSSPrefix"] ? `${String(parameters["OSSPrefix"])}_${imageId}` : imageId;
  const sameBucket = bucket === undefined ? isNew : bucket === parameters["OSSBucket"];
  const sameObject = object === undefined ? isNew : object.startsWith(name);
  const sameFormat = format === undefined || format.toUpperCase() === String(parameters["ImageFormat"] ?? "RAW").toUpperCase();
  return sameBucket && sameObject && sameFormat;
}
