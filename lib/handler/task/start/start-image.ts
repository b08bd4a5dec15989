import { DeadlineError, isEcs, TakenError, UnresolvedStartError } from "../../errors";
import { orAbort } from "../calls/or-abort";
import { mayAppear, ROLE_PAUSE } from "./role-patience";
import { callStart } from "./call-start";
import { clientToken } from "./client-token";
import { freshness, type Freshness } from "./freshness";
import type { Image } from "../gateway";
import type { Operation } from "../operation";
import { type StartDeps, type Started, type StartOptions } from "./starter";
import { judgeNameHolder, takeOverTagged } from "./take-over";

interface StartAnswer {
  readonly taskId: string | null;
  readonly imageId: string;
}

/** An import or a copy: a call that takes a ClientToken and makes an image. */
export interface ImageStart {
  readonly kind: "import" | "copy";
  readonly region: string;
  /** The request, all of it: another request means another token. */
  readonly request: { readonly imageName?: string };
  /** The request in one word, as the image's tag has it. */
  readonly fingerprint: string;
  /** What is asked for, for messages: `an import of images/web.qcow2 as "web"`. */
  readonly asked: string;
  readonly call: (token: string) => Promise<StartAnswer>;
  /** Could this image, whose tags do not show, be what the request makes? */
  readonly matches: (image: Image) => boolean;
}

/** Each destroy and re-apply within the life of ECS's tokens costs one generation. */
const GENERATIONS = 200;
/** Pause before another attempt while another task holds the image or its name, in milliseconds. */
const IN_USE_PAUSE = 5_000;

/**
 * Starts an import or a copy, or takes on the one that an earlier run started by the same request and lost.
 *
 * Images that carry the start key come first: they show what a lost run left. Then the token decides: ECS answers a known
 * token with the operation it stands for. One that is over and gone, or that this state owns already, makes way for the next
 * generation of the token.
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
    const found = await judge(operation, start, deps, options, slow);
    if (found === "fresh" || found === "unconfirmed")
      return { operation, generation, ...(found === "unconfirmed" && { unconfirmed: true }) };
    slow ||= found === "cancelled";
    // A run that died while it removed that operation may have left its snapshots.
    if (found === "stale") await orAbort(deps.run.track(deps.removeMarkedSnapshots(operation, options.until)), deps.run.signal);
    if (clock.now() > options.until) break;
  }
  throw new Error(
    `Every start that ECS answered stood for an operation that is over: start_key "${options.startKey}" was used too often for one request. Set another start_key and try again.`,
  );
}

/** An interrupt does not cut the look short: what is of the past must not be cancelled, nor what is new be left running. */
async function judge(
  operation: Operation,
  start: ImageStart,
  deps: StartDeps,
  options: StartOptions,
  slow: boolean,
): Promise<Freshness | "unconfirmed"> {
  const look = deps.run.track(freshness(operation, start, options, deps, slow));
  try {
    return await deps.run.bounded(look);
  } catch (error) {
    if (error instanceof TakenError) throw error;
    if (error instanceof DeadlineError) {
      deps.run.track(look.then((found) => endIfFresh(found, operation, deps))).catch(() => undefined);
      throw new UnresolvedStartError(
        `Whether ECS's answer names what was started, or an operation of the past, could not be told in time.`,
        error,
      );
    }
    // From here on something may run: where a look fails, the ids go into the state, and the wait for the end will tell.
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
      return await callStart(() => start.call(token), { what: start.kind, until: options.until, onLate }, deps);
    } catch (error) {
      if (isEcs(error, "token-mismatch")) return "other-request";
      if (isEcs(error, "no-role") && mayAppear(since, deps.clock.now()) && deps.clock.now() + ROLE_PAUSE <= options.until) {
        await deps.clock.sleep(ROLE_PAUSE, deps.run.signal);
        // The refusal may stick to its token.
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

const isClaimedOrOwned = (operation: Operation, { claims, ownership }: StartDeps): boolean =>
  claims.has(operation) || ownership.has(operation);

const operationOfAnswer = ({ kind, region }: ImageStart, answer: StartAnswer, startedAt: number): Operation => ({
  kind,
  region,
  ...answer,
  startedAt,
});
