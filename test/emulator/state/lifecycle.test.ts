import fc from "fast-check";
import { defaultBehaviour } from "../../../lib/emulator";
import { Lifecycle } from "../../../lib/emulator/state/lifecycle";
import type { Task } from "../../../lib/emulator/values/model";
import { Oss } from "../../../lib/emulator/state/oss";
import { Store } from "../../../lib/emulator/state/store";
import { TaskRules } from "../../../lib/emulator/state/task-rules";
import { TaskStarter } from "../../../lib/emulator/state/task-starter";
import { Timeline } from "../../../lib/emulator/state/timeline";
import { seedImage } from "../../../lib/emulator/seeds/seed";

const REGION = { id: "cn-hangzhou", name: "Hangzhou", idPrefix: "bp1" };

const step = fc.oneof(
  fc.record({ kind: fc.constant("import" as const), fails: fc.boolean() }),
  fc.record({ kind: fc.constant("copy" as const) }),
  fc.record({ kind: fc.constant("export" as const) }),
  fc.record({ kind: fc.constant("cancel" as const), which: fc.nat() }),
  fc.record({ kind: fc.constant("wait" as const), ms: fc.integer({ min: 0, max: 90_000 }) }),
);

const switches = fc.record({
  limit: fc.constantFrom(null, 1, 2),
  waiting: fc.constantFrom(0, 5_000),
  delay: fc.constantFrom(0, 1_000, 70_000),
  task: fc.constantFrom("Deleted" as const, "Failed" as const, "Finished" as const, "notFound" as const),
  image: fc.constantFrom("gone" as const, "CreateFailed" as const, "UnAvailable" as const),
});

/** The emulator's core, without the API around it. */
function core(set: {
  limit: number | null;
  waiting: number;
  delay: number;
  task: "Deleted" | "Failed" | "Finished" | "notFound";
  image: "gone" | "CreateFailed" | "UnAvailable";
}) {
  const behaviour = defaultBehaviour();
  Object.assign(behaviour.task, { concurrentImports: set.limit, waiting: set.waiting });
  Object.assign(behaviour.afterCancel, { delay: set.delay, task: set.task, image: set.image });
  const store = new Store();
  const lifecycle = new Lifecycle({ store, behaviour, timeline: new Timeline(), oss: new Oss() });
  const rules = new TaskRules();
  rules.add({ object: "bad", fail: { code: "Bad" } });
  const starter = new TaskStarter({
    behaviour,
    durations: { ImportImage: 60_000, ExportImage: 60_000, CopyImage: 60_000 },
    lifecycle,
    rules,
    store,
  });
  return { behaviour, store, lifecycle, starter };
}

const BLANK = seedImage({}, { region: REGION, regions: new Map([[REGION.id, REGION]]), account: "1", now: 0 });

function begin({ starter, store }: ReturnType<typeof core>, kind: "import" | "copy" | "export", object: string, now: number): void {
  const common = { region: REGION, account: "1", now, objects: [object], oss: () => undefined, tags: [] };
  if (kind === "import") starter.start({ ...common, action: "ImportImage", image: BLANK });
  if (kind === "copy") starter.start({ ...common, action: "CopyImage", image: { ...BLANK, isCopied: true } });
  if (kind === "export") {
    const source = { ...BLANK, id: "m-source" };
    if (!store.image(source.id)) store.add(source);
    starter.start({ ...common, action: "ExportImage", sourceImageId: source.id });
  }
}

test("with any starts, cancels and waits no limit is exceeded, no ended task changes, and every task ends", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), switches, (steps, set) => {
      const emulator = core(set);
      const ended = new Map<Task, string>();
      let now = 0;
      for (const doing of steps) {
        if (doing.kind === "wait") now += doing.ms;
        else if (doing.kind === "cancel") cancelOne(emulator, doing.which, now);
        else begin(emulator, doing.kind, doing.kind === "import" && doing.fails ? "bad" : "good", now);
        emulator.lifecycle.catchUp(now);
        check(emulator, ended, set.limit);
      }
      now += 10_000_000;
      emulator.lifecycle.catchUp(now);
      check(emulator, ended, set.limit);
      for (const task of emulator.store.allTasks()) expect(task.outcome).toBeDefined();
      for (const image of emulator.store.allImages()) expect(["Available", "CreateFailed", "UnAvailable"]).toContain(image.status);
    }),
    { numRuns: 300 },
  );
});

function cancelOne({ store, lifecycle }: ReturnType<typeof core>, which: number, now: number): void {
  const open = [...store.allTasks()].filter((task) => !task.outcome && task.listed && task.cancelAcceptedAt === undefined);
  if (open.length > 0) lifecycle.cancel(open[which % open.length]!, now);
}

function check({ behaviour, store }: ReturnType<typeof core>, ended: Map<Task, string>, limit: number | null): void {
  const running = (action: string) => [...store.allTasks()].filter((task) => task.action === action && task.status === "Processing").length;
  if (limit !== null) expect(running("ImportImage")).toBeLessThanOrEqual(limit);
  expect(running("CopyImage")).toBeLessThanOrEqual(behaviour.copy.concurrent);
  for (const task of store.allTasks()) {
    const before = ended.get(task);
    if (before) expect(`${task.status} ${task.endedAt}`).toBe(before);
    if (task.outcome) ended.set(task, `${task.status} ${task.endedAt}`);
    const image = store.image(task.imageId);
    if (task.action !== "ExportImage" && image?.status === "Available") expect(task.outcome).toBe("finished");
  }
}

test("tasks have the same history whether they are caught up once or step by step", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 2, max: 6 }),
      (waits, count) => {
        const seen = [true, false].map((often) => {
          const emulator = core({ limit: 2, waiting: 1_000, delay: 0, task: "Deleted", image: "gone" });
          for (let index = 0; index < count; index++) begin(emulator, "import", "good", index * 10);
          let now = 1_000;
          for (const ms of waits) {
            now += ms;
            if (often) emulator.lifecycle.catchUp(now);
          }
          emulator.lifecycle.catchUp(now);
          return [...emulator.store.allTasks()].map(({ status, startedAt, endedAt }) => ({ status, startedAt, endedAt }));
        });
        expect(seen[0]).toEqual(seen[1]);
      },
    ),
    { numRuns: 100 },
  );
});
