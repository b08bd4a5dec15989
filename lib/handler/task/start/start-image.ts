import { DeadlineError, isEcs, StartKeyInUseError, UnresolvedStartError } from "../../errors";
import { orAbort } from "../calls/or-abort";
import { mayAppear, ROLE_PAUSE } from "./role-patience";
import { callStart } from "./call-start";
import { clientToken } from "./client-token";
import { freshness, type Freshness } from "./freshness";
import type { Operation } from "../operation";
import type { ImageStart, StartAnswer } from "./image-start";
import { isClaimedOrOwned } from "./is-claimed-or-owned";
import type { StartDeps } from "./start-deps";
import type { StartOptions } from "./start-options";
import { IN_USE_PAUSE } from "./start-patience";
import type { Started } from "./started";
import { judgeNameHolder, takeOverTagged } from "./take-over";

/** The most generations of the token that one start tries. Each destroy and apply within the life of ECS's tokens uses up one. */
const GENERATIONS = 200;

/**
 * Starts an import or a copy, or takes over the one that a crashed run started with the same request.
 *
 * First it looks for images with the start key, which a crashed run may have left. Then the token decides: ECS answers a known
 * token with the operation that it started. If that has ended and is gone, or this state owns it already, the next generation of
 * the token is tried.
 */
export async function startImage(start: ImageStart, deps: StartDeps, options: StartOptions): Promise<Started> {
  return deps.claims.inTurn(options.startKey, async () => {
    const started = (await takeOverTagged(start, deps, options)) ?? (await startByToken(start, deps, options));
    deps.claims.claim(started.operation);
    return started;
  });
}

async function startByToken(start: ImageStart, deps: StartDeps, options: StartOptions): Promise<Started> {
  const { clock } = deps;
  const since = clock.now();
  let slow = false;
  for (let generation = options.generation; generation < options.generation + GENERATIONS; generation++) {
    const startedAt = clock.date();
    const answer = await callOrTakeOver(start, deps, options, clientToken(options.startKey, start.request, generation), since);
    if (answer === "other-request") continue;
    if ("operation" in answer) return answer;
    const operation = operationOfAnswer(start, answer, startedAt);
    if (isClaimedOrOwned(operation, deps)) continue;
    const found = await checkFreshness(operation, start, deps, options, slow);
    if (found === "fresh" || found === "unconfirmed")
      return { operation, generation, ...(found === "unconfirmed" && { unconfirmed: true }) };
    slow ||= found === "cancelled";
    // A run that crashed while it removed that operation may have left its snapshots.
    if (found === "stale") await orAbort(deps.run.track(deps.removeMarkedSnapshots(operation, options.until)), deps.run.signal);
    if (clock.now() > options.until) break;
  }
  throw new Error(
    `ECS answered every start with an operation that had already ended: start_key "${options.startKey}" has been used too often for the same request. Set another start_key and try again.`,
  );
}

/** An interrupt does not shorten this check: an old operation must not be cancelled, and a new one must not keep running. */
async function checkFreshness(
  operation: Operation,
  start: ImageStart,
  deps: StartDeps,
  options: StartOptions,
  slow: boolean,
): Promise<Freshness | "unconfirmed"> {
  const check = deps.run.track(freshness(operation, start, options, deps, slow));
  try {
    return await deps.run.bounded(check);
  } catch (error) {
    if (error instanceof StartKeyInUseError) throw error;
    if (error instanceof DeadlineError) {
      deps.run.track(check.then((found) => endIfFresh(found, operation, deps))).catch(() => undefined);
      throw new UnresolvedStartError(
        `There was no time to find out whether ECS started ${start.asked} or answered with an old operation.`,
        error,
      );
    }
    // The operation may be running. Its ids go into the state, and the wait for its end shows what it is.
    return "unconfirmed";
  }
}

async function callOrTakeOver(
  start: ImageStart,
  deps: StartDeps,
  options: StartOptions,
  token: string,
  since: number,
): Promise<StartAnswer | Started | "other-request"> {
  const begun = deps.clock.date();
  const onLate = async (answer: StartAnswer): Promise<void> => {
    const operation = operationOfAnswer(start, answer, begun);
    if (!isClaimedOrOwned(operation, deps)) await endIfFresh(await freshness(operation, start, options, deps, false), operation, deps);
  };
  for (let waits = 0; ; waits++) {
    try {
      return await callStart(() => start.call(token), { asked: start.asked, until: options.until, onLate }, deps);
    } catch (error) {
      if (isEcs(error, "token-mismatch")) return "other-request";
      if (isEcs(error, "no-role") && mayAppear(since, deps.clock.now()) && deps.clock.now() + ROLE_PAUSE <= options.until) {
        await deps.clock.sleep(ROLE_PAUSE, deps.run.signal);
        // ECS may repeat the refusal for the same token.
        return "other-request";
      }
      if (!isEcs(error, "duplicate-name", "in-use")) throw error;
      const outcome = await judgeNameHolder(start, deps, options, error, waits > 0);
      if (outcome !== "wait") return outcome;
      if (deps.clock.now() + IN_USE_PAUSE > options.until) throw error;
      await deps.clock.sleep(IN_USE_PAUSE, deps.run.signal);
    }
  }
}

async function endIfFresh(found: Freshness, operation: Operation, { run }: StartDeps): Promise<void> {
  if (found === "fresh") await run.started(operation);
}

const operationOfAnswer = ({ kind, region }: ImageStart, answer: StartAnswer, startedAt: number): Operation => ({
  kind,
  region,
  ...answer,
  startedAt,
});
