import fc from "fast-check";
import type { OperationKind } from "../../lib/handler/task/operation";
import type { EcsTraits } from "../support/handler/ecs-traits";
import { Life, type ApplyOptions } from "../support/handler/life";

const SECOND = 1_000;

/** Every combination of what the documentation leaves open. */
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

describe.each<OperationKind>(["import", "export", "copy"])("the life of an %s, whatever befalls it", (kind) => {
  test("one task at a time, no stranger's task touched, every wait bounded, and a last destroy leaves nothing", async () => {
    await fc.assert(
      fc.asyncProperty(traitSets, fc.array(step, { minLength: 1, maxLength: 4 }), async (traits, steps) => {
        const life = new Life(kind, traits);
        life.model.addStranger();
        for (const next of steps) {
          if (next === "destroy") {
            // Without a state there is nothing to destroy: what a killed run left is for the next apply to find.
            if (life.state !== null) await life.destroy();
          } else {
            const idle = ownRunning(life).length === 0;
            const { heldUp } = await life.apply(next);
            if (heldUp !== undefined) expect(heldUp).toBeLessThanOrEqual(5 * SECOND);
            // With Terraform gone there is no second chance: what this run started has ended by the time the process exits.
            if (idle && next.mishap?.what === "orphaned" && next.onInterrupt === "cancel" && next.onTimeout === "cancel")
              expect(ownRunning(life)).toEqual([]);
          }
          await life.clock.advance(3 * SECOND);
        }
        // A kill may have lost what runs; an apply takes it on, and the state holds it from then on. Where the state still
        // names what that run had replaced, the apply finds so, and the one after it replaces it.
        const { completed } = await life.apply();
        if (!completed?.ok) await life.apply();
        for (let tries = 0; life.state !== null && tries < 5; tries++) await life.destroy();
        await life.clock.advance(10 * SECOND);

        expect(life.state).toBeNull();
        const [stranger, ...own] = life.model.jobs;
        expect(ownRunning(life)).toEqual([]);
        const findable = canFindWhatWasLost(life);
        if (findable) expect(life.model.images().filter((job) => job !== stranger)).toEqual([]);
        if (findable && tellsItsSnapshots(life, steps)) expect(life.model.snapshots()).toEqual([stranger!.snapshot!.id]);
        expect(life.model.strangersHit).toEqual([]);
        expect(life.model.mostAtOnce).toBeLessThanOrEqual(1);
        expect(own.length).toBeGreaterThan(0);
      }),
      // The same sample each time; LIFE_SEED and LIFE_RUNS draw others.
      { seed: Number(process.env["LIFE_SEED"] ?? 20_261_128), numRuns: Number(process.env["LIFE_RUNS"] ?? 60) },
    );
  });
});

/**
 * Where ECS takes the image away at once with the cancel, and there was no time for a look before, nothing names its snapshots. And where a
 * killed run's state was lost, ECS's memory of the token alone leads to what it marked.
 */
function tellsItsSnapshots({ kind, model: { traits } }: Life, steps: readonly (ApplyOptions | "destroy")[]): boolean {
  const hurried = steps.some((next) => next !== "destroy" && next.mishap !== undefined);
  if (!traits.tokensOutlive && steps.some((next) => next !== "destroy" && next.mishap?.what === "killed")) return false;
  const stays = kind === "import" && traits.cancelledImage !== "gone";
  return !hurried || (traits.tagsWhileCreating && (stays || traits.cancelDelay > 4 * traits.latency));
}

const ownRunning = ({ model }: Life): unknown[] => model.running().filter((job) => job !== model.jobs[0]);

/** Where an image that is being made hides its tags, and ECS forgets a token with its task's end, nothing leads to a start that was lost. */
function canFindWhatWasLost({ kind, model: { traits } }: Life): boolean {
  return kind === "export" || traits.tagsWhileCreating || traits.tokensOutlive;
}
