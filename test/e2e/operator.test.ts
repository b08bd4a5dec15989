import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { cleanEnvironment } from "../../scripts/terraform/clean-environment.cjs";
import { ACCESS_KEY, callsOf, letTasksEnd, REGION, SECRET_KEY, until, untilWaitedFor, withBench } from "../support/e2e/bench";
import { copying, exporting, importing, providerBlock } from "../support/e2e/hcl";
import { exited } from "../support/e2e/terraform";

const bin = join(__dirname, "../../dist/bin/cli.js");

interface Printed {
  readonly code: number;
  readonly out: string;
}

/** Runs `imagetask` with these arguments, as an operator does on another machine. */
function imagetask(endpoint: string, ...args: readonly string[]): Promise<Printed> {
  const env = cleanEnvironment({ ECS_ENDPOINT: `http://${endpoint}`, ALICLOUD_ACCESS_KEY: ACCESS_KEY, ALICLOUD_SECRET_KEY: SECRET_KEY });
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, ...args], { env, encoding: "utf8" }, (error, out, err) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out: out + err }),
    );
  });
}

test("after a kill without any state, list shows all eight operations of two stacks, cancel ends those of one, and reap those of the other", () =>
  withBench({ taskDuration: "10m", env: { IMAGETASK_RUN: "run-7" } }, async ({ ecs, tf }) => {
    const { id } = ecs.addImage({ region: REGION, name: "source" });
    const retained = ecs.addImage({ region: REGION, tags: { "imagetask:start_key": "retained", "imagetask:stack": "b" } });
    const of = (stack: string) => ({ start: `stack = "${stack}"\n  expires_after = "1h"` });
    tf.write(
      providerBlock(ecs) +
        ["a1", "a2", "a3", "b1", "b2"].map((name) => importing(name, of(name.slice(0, 1)))).join("") +
        copying("ac", `"${id}"`, of("a")) +
        copying("bc", `"${id}"`, of("b")) +
        exporting("ae", `"${id}"`, of("a")),
    );
    const apply = tf.start(["apply", "-auto-approve", "-input=false"]);
    await untilWaitedFor(ecs, apply.output, 8);
    await until("the marks", () => callsOf(ecs, "TagResources").length >= 8);
    apply.signal("SIGKILL", "group");
    await apply.done;
    await until("the plugin to end", () => tf.plugins().length === 0);
    rmSync(join(tf.folder, "terraform.tfstate"), { force: true });
    for (const name of tf.leftovers()) rmSync(join(tf.temporary, name), { recursive: true });

    const list = await imagetask(ecs.endpoint, "list", "--all-regions", "--output", "json");
    const { tasks } = JSON.parse(list.out) as { tasks: { kind: string; stack: string; run: string; expiresAt: string }[] };
    expect(tasks.map(({ kind, stack }) => `${kind} ${stack}`).sort()).toEqual(
      ["copy a", "copy b", "export a", ...Array<string>(3).fill("import a"), ...Array<string>(2).fill("import b")].sort(),
    );
    expect(new Set(tasks.map(({ run }) => run))).toEqual(new Set(["run-7"]));
    for (const { expiresAt } of tasks) expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(50 * 60_000);

    expect(await imagetask(ecs.endpoint, "cancel", "--stack", "a", "--yes")).toMatchObject({ code: 0 });
    expect(ecs.running).toHaveLength(3);
    const dry = await imagetask(ecs.endpoint, "reap", "--older-than", "0s");
    expect(dry.code).toBe(3);
    expect(ecs.running).toHaveLength(3);
    expect(await imagetask(ecs.endpoint, "reap", "--older-than", "0s", "--apply")).toMatchObject({ code: 0 });
    expect(ecs.running).toEqual([]);
    expect(ecs.images.map((image) => image.id).sort()).toEqual([id, retained.id].sort());
  }));

test("an exported image has the export's mark only while the export runs", () =>
  withBench({ taskDuration: "10m" }, async ({ ecs, tf }) => {
    const { id } = ecs.addImage({ region: REGION, name: "source" });
    tf.write(providerBlock(ecs) + exporting("out", `"${id}"`, { start: 'stack = "a"' }));
    const apply = tf.start(["apply", "-auto-approve", "-input=false"]);
    const tags = (): unknown => ecs.images.find((image) => image.id === id)!.tags;
    await until("the mark", () => JSON.stringify(tags()).includes("imagetask:export"));
    letTasksEnd(ecs);
    exited(await apply.done);
    expect(JSON.stringify(tags())).not.toContain("imagetask:export");
  }));

test("a detached export keeps its mark, and the run that sees its end removes it", () =>
  withBench({ taskDuration: "10m" }, async ({ ecs, tf }) => {
    const { id } = ecs.addImage({ region: REGION, name: "source" });
    const tags = (): string => JSON.stringify(ecs.images.find((image) => image.id === id)!.tags);
    const completion = 'on_timeout = "detach"\n  timeouts { create = "2s" }';
    tf.write(providerBlock(ecs) + exporting("out", `"${id}"`, { start: 'stack = "a"', completion }));
    exited(await tf.apply(), 1);
    expect(tags()).toContain("imagetask:export");
    letTasksEnd(ecs);
    expect(ecs.running).toEqual([]);
    exited(await tf.apply());
    expect(tags()).not.toContain("imagetask:export");

    exited(await tf.destroy());
  }));

test("stack and expires_after change in place, with the image's tags", () =>
  withBench({ taskDuration: "1s" }, async ({ ecs, tf }) => {
    const write = (start: string): void => tf.write(providerBlock(ecs) + importing("web", { start }));
    write('stack = "a"\n  expires_after = "1h"');
    exited(await tf.apply());
    write('stack = "b"\n  expires_after = "3h"');
    exited(await tf.apply());
    expect(callsOf(ecs, "ImportImage")).toHaveLength(1);
    const tags = JSON.stringify(ecs.images[0]!.tags);
    expect(tags).toContain('"b"');
    expect(tags).not.toContain('"a"');
    exited(await tf.plan());
    write("");
    exited(await tf.apply());
    expect(JSON.stringify(ecs.images[0]!.tags)).not.toMatch(/imagetask:(stack|expires)/);
    exited(await tf.destroy());
  }));
