import { rmSync } from "node:fs";
import { join } from "node:path";
import { REQUEST_TAG, START_KEY_TAG } from "../../lib/contract/provider";
import { callsOf, flat, REGION, withBench } from "../support/e2e/bench";
import { importing, providerBlock } from "../support/e2e/hcl";
import { exited } from "../support/e2e/terraform";
import { keptPromise } from "../support/waiting/kept-promise";

const KEY = 'start_key = "images/web"';
const FIRST = "lifecycle {\n    create_before_destroy = true\n  }";
const unnamed = (object: string): string =>
  importing("web", { start: `${KEY}\n  ${FIRST}` })
    .replace('image_name = "web"', "")
    .replace("web.qcow2", object);

describe("create_before_destroy", () => {
  test.concurrent(
    "starts a new import beside the one that the state owns: for other arguments, with -replace, from a saved plan and after taint",
    () =>
      withBench({ taskDuration: "200ms" }, async ({ ecs, tf }) => {
        const ids = (): string[] => ecs.images.map(({ id }) => id);
        const replacedBy = async (apply: () => Promise<unknown>): Promise<void> => {
          const before = ids();
          await apply();
          expect(ids()).toHaveLength(1);
          expect(ids()).not.toEqual(before);
          expect(tf.attributes("imagetask_import.web")["image_id"]).toBe(ids()[0]);
        };
        tf.write(providerBlock(ecs) + unnamed("one.qcow2"));
        exited(await tf.apply());

        await replacedBy(async () => {
          tf.write(providerBlock(ecs) + unnamed("two.qcow2"));
          expect(exited(await tf.apply()).output).not.toContain("Took over");
        });
        await replacedBy(async () => exited(await tf.apply("-replace=imagetask_import.web")));
        await replacedBy(async () => {
          exited(await tf.run("plan", "-input=false", "-out=saved", "-replace=imagetask_import.web"));
          exited(await tf.run("apply", "-input=false", "saved"));
        });
        // Another plan between the saved plan and its apply does not matter.
        await replacedBy(async () => {
          exited(await tf.run("plan", "-input=false", "-out=saved", "-replace=imagetask_import.web"));
          exited(await tf.run("workspace", "new", "other"));
          exited(await tf.run("plan", "-input=false"));
          exited(await tf.run("workspace", "select", "default"));
          exited(await tf.run("apply", "-input=false", "saved"));
        });
        await replacedBy(async () => {
          exited(await tf.run("taint", "imagetask_import.web"));
          exited(await tf.apply());
        });
        exited(await tf.destroy());
        expect(ecs.images).toEqual([]);
      }),
  );

  test.concurrent("with the same image_name fails within 30 s, because both images cannot have it", () =>
    withBench({ taskDuration: "200ms" }, async ({ ecs, tf }) => {
      const named = importing("web", { start: `${KEY}\n  ${FIRST}` });
      tf.write(providerBlock(ecs) + named);
      exited(await tf.apply());
      const [image] = ecs.images;
      tf.write(providerBlock(ecs) + named.replace("web.qcow2", "two.qcow2"));

      const { output, seconds } = exited(await tf.apply(), 1);

      expect(flat(output)).toContain(`The name "web" is taken by image ${image!.id}`);
      expect(flat(output)).toContain("create_before_destroy keeps it until the new image exists");
      keptPromise("telling that the name is taken", 1_000 * seconds, 30_000);
      expect(ecs.images.map(({ id }) => id)).toEqual([image!.id]);
    }),
  );
});

test("after the state is lost, the same request takes the image over and updates its description, and another request is an error", () =>
  withBench({ taskDuration: "200ms" }, async ({ ecs, tf }) => {
    const web = (description: string, object = "web.qcow2"): string =>
      providerBlock(ecs) + importing("web", { start: `${KEY}\n  description = "${description}"` }).replace("web.qcow2", object);
    const loseState = (): void => ["", ".backup"].forEach((end) => rmSync(join(tf.folder, `terraform.tfstate${end}`), { force: true }));
    tf.write(web("Build 41"));
    exited(await tf.apply());
    const [{ id } = { id: "" }] = ecs.images;

    loseState();
    tf.write(web("Build 42"));
    expect(exited(await tf.apply()).output).toContain("Took over an operation of an earlier run");
    expect(ecs.images).toMatchObject([{ id, description: "Build 42" }]);
    exited(await tf.plan());

    loseState();
    tf.write(web("Build 42", "other.qcow2"));
    const { output } = exited(await tf.apply(), 1);
    expect(flat(output)).toContain(`Image ${id} ("web", Available, from images/web.qcow2) has start_key "images/web"`);
    expect(flat(output)).toContain('asks for an import of images/other.qcow2 as "web". Nothing was started, cancelled or deleted.');
    expect(callsOf(ecs, "ImportImage")).toHaveLength(1);
    expect(callsOf(ecs, "CancelTask", "DeleteImage")).toEqual([]);
  }));

test("another stack's running import with the same start_key makes the apply fail, and neither apply nor destroy touches it", () =>
  withBench({ taskDuration: "10m" }, async ({ ecs, tf }) => {
    const tags = { [START_KEY_TAG]: "images/web", [REQUEST_TAG]: "theirs" };
    const theirs = ecs.addImage({ region: REGION, name: "theirs", status: "Creating", tags });
    const { id } = ecs.addTask({ region: REGION, action: "ImportImage", imageId: theirs.id });
    tf.write(providerBlock(ecs) + importing("web", { start: KEY }));

    const { output } = exited(await tf.apply(), 1);
    exited(await tf.destroy());

    expect(flat(output)).toContain(`Image ${theirs.id} ("theirs", Creating) has start_key`);
    expect(ecs.running.map(({ id }) => id)).toEqual([id]);
    expect(callsOf(ecs, "ImportImage", "CancelTask", "DeleteImage")).toEqual([]);
  }));

test.each(["IdempotentFailed", "mismatch"] as const)(
  "after ECS refused a start, the next apply succeeds although its client token is used up (%s)",
  (storeFailures) =>
    withBench({ taskDuration: "200ms", behaviour: { clientToken: { storeFailures }, image: { quota: 1 } } }, async ({ ecs, tf }) => {
      ecs.addImage({ region: REGION, name: "uses-the-quota-up" });
      tf.write(providerBlock(ecs) + importing("web", { start: KEY }));
      exited(await tf.apply(), 1);
      ecs.behaviour.image.quota = null;

      exited(await tf.apply());

      expect(ecs.images.find(({ name }) => name === "web")?.status).toBe("Available");
    }),
);
