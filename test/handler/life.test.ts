import fc from "fast-check";
import type { OperationKind } from "../../lib/handler/task/operation";
import type { EcsTraits } from "../support/handler/ecs-traits";
import { Life, type ApplyOptions } from "../support/handler/life";

const SECOND = 1_000;

/** All behaviour that ECS's documentation leaves open, in any combination. */
const traitSets: fc.Arbitrary<Partial<EcsTraits>> = fc.record({
  afterCancel: fc.constantFrom("Deleted", "Failed", "Cancelled", "unlisted"),
  cancelledImage: fc.constantFrom("gone", "CreateFailed", "UnAvailable"),
  cancelDelay: fc.constantFrom(0, 700, 3_000),
  waiting: fc.constantFrom(0, 4_000),
  waitingCancellable: fc.boolean(),
  duration: fc.integer({ min: 1, max: 40 }).map((seconds) => seconds * SECOND),
  fails: fc.boolean(),
  availableDelay: fc.constantFrom(0, 500, 3_000),
  tagsWhileCreating: fc.boolean(),
  lag: fc.constantFrom(0, 300, 1_000),
  cancelBeforeListed: fc.boolean(),
  tokensOutlive: fc.boolean(),
  deleteDelay: fc.constantFrom(0, 2_000),
  deleteUnknown: fc.constantFrom("error", "ok"),
  cancelFails: fc.constantFrom(0, 0, 2),
  latency: fc.constantFrom(2, 100, 400),
  faults: fc.array(fc.constantFrom("none", "none", "none", "before", "after", "throttled"), { maxLength: 40 }),
});

const mishap = fc.record({ what: fc.constantFrom("interrupt", "orphaned", "killed"), at: fc.integer({ min: 0, max: 30 * SECOND }) });
const step: fc.Arbitrary<ApplyOptions | "destroy"> = fc.oneof(
  fc.record({
    timeout: fc.constantFrom(3 * SECOND, 15 * SECOND, 3_600 * SECOND),
    onTimeout: fc.constantFrom("cancel", "detach"),
    onInterrupt: fc.constantFrom("cancel", "cancel", "detach"),
    mishap: fc.option(mishap, { nil: undefined }),
  }),
  fc.constant<"destroy">("destroy"),
);

describe.each<OperationKind>(["import", "export", "copy"])(
  "an %s through up to four applies and destroys, each of which may be interrupted, orphaned or killed",
  (kind) => {
    test("at most one task runs at a time, other stacks' tasks are untouched, Ctrl-C is answered within 5 s, and a last destroy leaves nothing", async () => {
      await fc.assert(
        fc.asyncProperty(traitSets, fc.array(step, { minLength: 1, maxLength: 4 }), async (traits, steps) => {
          const life = new Life(kind, traits);
          life.model.addStranger();
          for (const next of steps) {
            if (next === "destroy") {
              // Without a state there is nothing to destroy: the next apply finds what a killed run left.
              if (life.state !== null) await life.destroy();
            } else {
              const idle = ownRunning(life).length === 0;
              const { heldUp } = await life.apply(next);
              if (heldUp !== undefined) expect(heldUp).toBeLessThanOrEqual(5 * SECOND);
              // After Terraform's death nobody else cleans up: what this run started has ended by the time the process exits.
              if (idle && next.mishap?.what === "orphaned" && next.onInterrupt === "cancel" && next.onTimeout === "cancel")
                expect(ownRunning(life)).toEqual([]);
            }
            await life.clock.advance(3 * SECOND);
          }
          // After a kill, the state may lack the running operation. The next apply takes it over and records it. If the state still
          // names the operation that the killed run had replaced, that apply fails, and the one after it replaces the operation.
          const { completed } = await life.apply();
          if (!completed?.ok) await life.apply();
          for (let tries = 0; life.state !== null && tries < 5; tries++) await life.destroy();
          await life.clock.advance(10 * SECOND);

          expect(life.state).toBeNull();
          const [stranger, ...own] = life.model.jobs;
          expect(ownRunning(life)).toEqual([]);
          const findable = canFindWhatWasLost(life);
          if (findable) expect(life.model.images().filter((job) => job !== stranger)).toEqual([]);
          if (findable && canFindItsSnapshots(life, steps)) expect(life.model.snapshots()).toEqual([stranger!.snapshot!.id]);
          expect(life.model.strangersHit).toEqual([]);
          expect(life.model.mostAtOnce).toBeLessThanOrEqual(1);
          expect(own.length).toBeGreaterThan(0);
        }),
        // The same sample each time; LIFE_SEED and LIFE_RUNS draw others.
        { seed: Number(process.env["LIFE_SEED"] ?? 20_261_128), numRuns: Number(process.env["LIFE_RUNS"] ?? 60) },
      );
    });
  },
);

/**
 * If ECS removes the image together with the cancel, and the run had no time to read it before, nothing names its snapshots. After a kill
 * that lost the state, only ECS's memory of the client token leads to the marked snapshots.
 */
function canFindItsSnapshots({ kind, model: { traits } }: Life, steps: readonly (ApplyOptions | "destroy")[]): boolean {
  const hurried = steps.some((next) => next !== "destroy" && next.mishap !== undefined);
  if (!traits.tokensOutlive && steps.some((next) => next !== "destroy" && next.mishap?.what === "killed")) return false;
  const stays = kind === "import" && traits.cancelledImage !== "gone";
  return !hurried || (traits.tagsWhileCreating && (stays || traits.cancelDelay > 4 * traits.latency));
}

const ownRunning = ({ model }: Life): unknown[] => model.running().filter((job) => job !== model.jobs[0]);

/** If ECS hides the tags of an image in creation, and forgets a client token when its task ends, nothing leads to a start that was lost. */
function canFindWhatWasLost({ kind, model: { traits } }: Life): boolean {
  return kind === "export" || traits.tagsWhileCreating || traits.tokensOutlive;
}
