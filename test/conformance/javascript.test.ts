import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EcsEmulator, type BehaviourPatch, type PolicyDocument, defaultBehaviour } from "../../lib/emulator";
import { ROOT, loadScript } from "../scripts/support/load-script";
import type { Config, Judged, Keys, Line, Options } from "../scripts/support/conformance";

const OPTIONS: Options = { mode: "emulator", full: true, region: "cn-hangzhou", protocol: "http" };

/** The modules of `npm run conformance`. The clients that need Python or Go are only run by that command. */
const { offer, settingsFor, runClient, judge } = {
  ...loadScript<{ offer(ecs: EcsEmulator, region: string): object }>("scripts/conformance/emulator.mjs"),
  ...loadScript<{ settingsFor(client: string, options: Options, env: object, offered: object): { config: Config; keys: Keys } }>(
    "scripts/conformance/settings.mjs",
  ),
  ...loadScript<{ runClient(run: object): Promise<{ lines: Line[] }> }>("scripts/conformance/run-client.mjs"),
  ...loadScript<{ judge(line: Line, behaviour: object): Judged }>("scripts/conformance/judge.mjs"),
};

describe("the official JavaScript SDK against the emulator", () => {
  let ecs: EcsEmulator;
  let seeded: readonly string[];

  async function start(behaviour: BehaviourPatch = {}, policies?: readonly PolicyDocument[]): Promise<void> {
    // The second that a cancellation takes is 50 ms. Tasks do not wait, as it would depend on chance whether a check meets a waiting task.
    const begun = { ...behaviour, task: { waiting: 0, ...behaviour.task } };
    ecs = new EcsEmulator({ taskDuration: "20h", timeScale: 20, behaviour: begun, policies });
    await ecs.start();
  }

  async function suite(over: { full?: boolean; signal?: AbortSignal; line?: (line: Line) => void } = {}): Promise<readonly Line[]> {
    const { config, keys } = settingsFor("js", { ...OPTIONS, full: over.full ?? true }, {}, offer(ecs, OPTIONS.region));
    seeded = running();
    const { lines } = await runClient({
      command: [process.execPath, "test/conformance/javascript/main.mjs"],
      cwd: ROOT,
      config: { ...config, pollMs: 20 },
      keys,
      env: process.env,
      signal: over.signal,
      report: { line: over.line },
    });
    return lines;
  }

  const running = (): string[] => ecs.running.map((task) => task.id);
  const outcomes = (lines: readonly Line[]) => Object.fromEntries(lines.map(({ check, outcome }) => [check, outcome]));
  const actions = (): Set<string> => new Set(ecs.calls.map((call) => call.action ?? ""));

  afterEach(async () => {
    await ecs.stop();
  });

  test("passes every check with the rights in docs/real-ecs.md, sees what the emulator assumes and leaves nothing behind", async () => {
    await start({}, [policyIn("full")]);
    const judged = (await suite()).map((line) => judge(line, defaultBehaviour()));
    for (const line of judged) expect(line).toMatchObject({ outcome: "passed", differs: [] });
    expect(judged).toHaveLength(21);
    expect(running()).toEqual(seeded);
    expect(ecs.images.map((image) => image.name)).toEqual(["source", "newer"]);
  });

  test("without --full only reads, and needs only the rights in docs/real-ecs.md", async () => {
    await start({}, [policyIn("reading")]);
    const lines = await suite({ full: false });
    expect(outcomes(lines)).toMatchObject({
      "describe-tasks-paging": "passed",
      "unknown-key": "passed",
      "import-cancel": "skipped",
      cleanup: "skipped",
    });
    expect([...actions()].filter((action) => !action.startsWith("Describe"))).toEqual([]);
  });

  test.each<[string, BehaviourPatch]>([
    [
      "cancelled tasks fail and their images stay",
      {
        afterCancel: { task: "Failed", image: "CreateFailed" },
        cancel: { second: "ok", notFoundStatus: 403 },
        task: {
          supportCancel: "moment",
          exportIdPrefix: "tsk-",
          order: "oldestFirst",
          unfinishedTime: "absent",
          seconds: true,
          listCancelled: false,
        },
        image: { deleteUnknown: "ok", tagsWhileCreating: false, idList: false },
        request: { dryRunCode: "DryRunOperation" },
      },
    ],
    [
      "cancelled tasks disappear and waiting tasks can be cancelled",
      {
        afterCancel: { task: "notFound", image: "UnAvailable" },
        cancel: { second: "CancelTaskFailed", waiting: true },
        task: { unfinishedTime: "creation", waiting: 3_600_000 },
        request: { dryRunCode: "DRYRUN.SUCCESS" },
      },
    ],
  ])("sees where ECS differs from the assumptions: %s", async (_what, behaviour) => {
    await start(behaviour);
    const lines = await suite();
    for (const { check, outcome, expected } of lines) expect([check, outcome, expected]).toEqual([check, "passed", undefined]);
    const facts: { [name: string]: unknown } = Object.assign({}, ...lines.map((line) => line.facts));
    for (const [group, values] of Object.entries(behaviour)) {
      for (const [name, value] of Object.entries(values)) {
        if (name !== "waiting" || group === "cancel")
          expect([`${group}.${name}`, facts[`${group}.${name}`]]).toEqual([`${group}.${name}`, value]);
      }
    }
    expect(running()).toEqual(seeded);
    expect(ecs.images.map((image) => image.name)).toEqual(["source", "newer"]);
  });

  test("cancels what it started when it is interrupted", async () => {
    await start();
    // Cancels are refused for a while, so that the interrupt finds an import running.
    ecs.faults.add({ action: "CancelTask", skip: 1, times: 10, error: { status: 403, code: "CancelTaskFailed" } });
    const interrupt = new AbortController();
    const watching = setInterval(() => {
      if (running().length > seeded.length) interrupt.abort();
    }, 5);
    const lines = await suite({ signal: interrupt.signal });
    clearInterval(watching);
    expect(outcomes(lines)).toMatchObject({ "import-cancel": "failed", "copy-cancel": "skipped", cleanup: "passed" });
    expect(lines.find((line) => line.check === "import-cancel")!.expected).toContain("interrupted");
    expect(running()).toEqual(seeded);
    expect(ecs.images.map((image) => image.name)).toEqual(["source", "newer"]);
  });

  test("finds and cancels what it started although the responses were lost", async () => {
    await start();
    for (const action of ["ImportImage", "ExportImage", "CopyImage"]) ecs.faults.add({ action, after: true, drop: true });
    const lines = outcomes(await suite());
    expect(lines).toMatchObject({ "import-cancel": "failed", "export-cancel": "failed", "copy-cancel": "failed", cleanup: "passed" });
    expect(ecs.stats.cancelled).toBe(4);
    expect(running()).toEqual(seeded);
    expect(ecs.images.map((image) => image.name)).toEqual(["source", "newer"]);
  });
});

/** A policy in the document. */
function policyIn(kind: "reading" | "full"): PolicyDocument {
  const document = readFileSync(join(ROOT, "docs/real-ecs.md"), "utf8");
  const [, policy] = new RegExp(`<!-- policy: ${kind} -->\\s+\`\`\`json\\n([^]*?)\`\`\``).exec(document) ?? [];
  return JSON.parse(policy!) as PolicyDocument;
}
