import { flat, REGION, untilWaitedFor, withBench } from "../support/e2e/bench";
import { copying, exporting, importing, providerBlock } from "../support/e2e/hcl";

const APPLY = ["apply", "-auto-approve", "-input=false"];

test("Ctrl-C on a run of many operations reports once what was cancelled, what was not, and what to run next", () =>
  withBench({ taskDuration: "10m" }, async ({ ecs, tf }) => {
    const { id } = ecs.addImage({ region: REGION, name: "source" });
    ecs.faults.add({ action: "CancelCopyImage", error: { status: 403, code: "Forbidden.RAM", message: "User not authorized." } });
    tf.write(
      providerBlock(ecs) +
        ["web", "db"].map((name) => importing(name)).join("") +
        importing("kept", { completion: 'on_interrupt = "detach"' }) +
        copying("twin", `"${id}"`) +
        exporting("out", `"${id}"`),
    );
    const apply = tf.start(APPLY);
    await untilWaitedFor(ecs, apply.output, 5);
    apply.signal("SIGINT", "group");
    const { code, output } = await apply.done;
    expect(code).toBe(1);
    const text = flat(output);
    expect(text.match(/Interrupted: 1 NOT cancelled, 3 cancelled, 1 still running because of on_interrupt/g)).toHaveLength(1);
    const copy = ecs.images.find(({ name }) => name === "twin")!.id;
    expect(text).toContain(`To end what was not cancelled, run: imagetask cancel ${copy} --region`);
    for (const [title, names] of [
      ["NOT cancelled", ["twin"]],
      ["Cancelled", ["web", "db", id]],
      ["Still running because of on_interrupt", ["kept"]],
    ] as const) {
      const list = text.split(`${title}: `).at(-1)!;
      for (const name of names) expect(list).toMatch(new RegExp(`of (image )?${name} `));
    }
    ecs.faults.clear();
    await tf.destroy();
  }));
