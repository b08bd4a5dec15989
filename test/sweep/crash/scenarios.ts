import type { EcsEmulator, EcsEmulatorOptions } from "../../../lib/emulator";
import { REGION } from "../../support/e2e/bench";
import { copying, exporting, importing } from "../../support/e2e/hcl";

/** The result of a scenario when nothing goes wrong. */
export interface Wanted {
  /** The names of the images that it adds. */
  readonly images: readonly string[];
  readonly exports: number;
}

/** One run of Terraform that will be killed, and what comes before it. */
export interface Scenario {
  readonly name: string;
  readonly emulator?: EcsEmulatorOptions;
  /** The configuration of the run before, if there is one. It has no completions to wait for. */
  readonly before?: (sourceId: string) => string;
  /** The configuration of the killed run, and of the apply that follows. */
  readonly config: (sourceId: string) => string;
  readonly command: "apply" | "destroy";
  /** How long the tasks that the killed run starts take (ms). */
  readonly duration?: number;
  /** The killed run gets Ctrl-C at its completion's first poll, and boundaries are counted from there. */
  readonly interrupt?: true;
  /** How long the tasks of the applies that follow take (ms), for example short enough not to time out. */
  readonly laterDuration?: number;
  readonly wanted: Wanted;
}

const started = { completion: null } as const;
const LONG = "3m";
const QUICK = 300;

const one: Wanted = { images: ["web"], exports: 0 };

export const SCENARIOS: readonly Scenario[] = [
  { name: "apply: import", config: () => importing(), command: "apply", wanted: one },
  { name: "apply: export", config: (id) => exporting("out", `"${id}"`), command: "apply", wanted: { images: [], exports: 1 } },
  { name: "apply: copy", config: (id) => copying("far", `"${id}"`), command: "apply", wanted: { images: ["far"], exports: 0 } },
  {
    name: "apply: several",
    config: (id) => importing("one") + importing("two") + exporting("out", `"${id}"`) + copying("far", `"${id}"`),
    command: "apply",
    wanted: { images: ["one", "two", "far"], exports: 1 },
  },
  {
    name: "destroy: import that runs",
    emulator: { taskDuration: LONG },
    before: () => importing("web", started),
    config: () => importing(),
    command: "destroy",
    laterDuration: QUICK,
    wanted: one,
  },
  {
    name: "destroy: export that runs",
    emulator: { taskDuration: LONG },
    before: (id) => exporting("out", `"${id}"`, started),
    config: (id) => exporting("out", `"${id}"`),
    command: "destroy",
    laterDuration: QUICK,
    wanted: { images: [], exports: 1 },
  },
  {
    name: "destroy: copy that runs",
    emulator: { taskDuration: LONG },
    before: (id) => copying("far", `"${id}"`, started),
    config: (id) => copying("far", `"${id}"`),
    command: "destroy",
    laterDuration: QUICK,
    wanted: { images: ["far"], exports: 0 },
  },
  {
    name: "destroy: cancel leaves an image",
    emulator: { taskDuration: LONG, behaviour: { afterCancel: { image: "CreateFailed" } } },
    before: () => importing("web", started),
    config: () => importing(),
    command: "destroy",
    laterDuration: QUICK,
    wanted: one,
  },
  { name: "destroy: done", before: () => importing(), config: () => importing(), command: "destroy", wanted: one },
  {
    name: "destroy: several",
    emulator: { taskDuration: LONG },
    before: (id) =>
      importing("one", started) + importing("two", started) + exporting("out", `"${id}"`, started) + copying("far", `"${id}"`, started),
    config: (id) => importing("one") + importing("two") + exporting("out", `"${id}"`) + copying("far", `"${id}"`),
    command: "destroy",
    laterDuration: QUICK,
    wanted: { images: ["one", "two", "far"], exports: 1 },
  },
  {
    name: "replace: import that is done",
    before: () => importing("web"),
    config: () => importing("web", { start: 'architecture = "x86_64"' }),
    command: "apply",
    wanted: one,
  },
  {
    name: "replace: import that runs",
    emulator: { taskDuration: LONG },
    before: () => importing("web", started),
    config: () => importing("web", { start: 'architecture = "x86_64"' }),
    command: "apply",
    duration: 1_000,
    laterDuration: QUICK,
    wanted: one,
  },
  {
    name: "timeout: import",
    emulator: { taskDuration: LONG, behaviour: { afterCancel: { image: "CreateFailed" } } },
    config: () => importing("web", { completion: 'timeouts {\n    create = "4s"\n  }' }),
    command: "apply",
    laterDuration: QUICK,
    wanted: one,
  },
  {
    name: "timeout: export",
    emulator: { taskDuration: LONG },
    config: (id) => exporting("out", `"${id}"`, { completion: 'timeouts {\n    create = "4s"\n  }' }),
    command: "apply",
    laterDuration: QUICK,
    wanted: { images: [], exports: 1 },
  },
  {
    name: "interrupt: import",
    emulator: { taskDuration: LONG, behaviour: { afterCancel: { image: "CreateFailed" } } },
    config: () => importing(),
    command: "apply",
    interrupt: true,
    laterDuration: QUICK,
    wanted: one,
  },
  {
    name: "interrupt: several",
    emulator: { taskDuration: LONG },
    config: (id) => importing("one") + importing("two") + exporting("out", `"${id}"`) + copying("far", `"${id}"`),
    command: "apply",
    interrupt: true,
    laterDuration: QUICK,
    wanted: { images: ["one", "two", "far"], exports: 1 },
  },
];

/** The image that exports and copies start from. */
export function addSource(ecs: EcsEmulator, tags: { readonly [key: string]: string } = {}): string {
  return ecs.addImage({ region: REGION, name: "source", tags }).id;
}
