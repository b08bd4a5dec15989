import { callsOf, REGION, withBench } from "../support/e2e/bench";
import { copying, exporting, importing, providerBlock } from "../support/e2e/hcl";
import { exited } from "../support/e2e/terraform";

describe("a change", () => {
  test.concurrent("of description, name, tags or retain_on_destroy is made in place, and one of another argument replaces", () =>
    withBench({ taskDuration: "1s" }, async ({ ecs, tf }) => {
      const source = ecs.addImage({ region: REGION, name: "source" });
      const body = (start: string, copied: string): string =>
        providerBlock(ecs) + importing("web", { start }) + copying("far", `"${source.id}"`, { start: copied });
      tf.write(body('description = "One"\ntags = { team = "web", stage = "test" }', 'description = "Copy one"'));
      exited(await tf.apply());
      const before = ecs.images.map(({ id }) => id).sort();

      tf.write(
        body(
          'description = "Two"\ntags = { team = "infra" }\nretain_on_destroy = true',
          'description = "Copy two"\ntags = { a = "b" }',
        ).replace('image_name = "web"', 'image_name = "web-2"'),
      );
      const changed = exited(await tf.apply());

      expect(changed.output).toContain("0 added, 2 changed, 0 destroyed");
      const image = (name: string) => ecs.images.find((candidate) => candidate.name === name);
      expect(image("web-2")).toMatchObject({ description: "Two", tags: { team: "infra" } });
      expect(image("web-2")!.tags).not.toHaveProperty("stage");
      expect(image("far")).toMatchObject({ description: "Copy two", tags: { a: "b" } });
      expect(ecs.images.map(({ id }) => id).sort()).toEqual(before);
      exited(await tf.plan());

      tf.write(body("", 'description = "Copy two"\ntags = { a = "b" }').replace("web.qcow2", "other.qcow2"));
      const plan = exited(await tf.plan(), 2);
      expect(plan.output).toMatch(/disk_device_mapping \{ # forces replacement\s+~ oss_object = "web\.qcow2" -> "other\.qcow2"/);
      expect(plan.output).toContain("Plan: 2 to add, 0 to change, 2 to destroy");
    }),
  );

  test.concurrent("of triggers replaces: a new etag imports the same object again", () =>
    withBench({ taskDuration: "1s" }, async ({ ecs, tf }) => {
      const body = (etag: string): string => providerBlock(ecs) + importing("web", { start: `triggers = { etag = "${etag}" }` });
      tf.write(body("5d41402a"));
      exited(await tf.apply());
      const before = ecs.images.map(({ id }) => id);

      tf.write(body("7b502c3a"));
      const applied = exited(await tf.apply());

      expect(applied.output).toMatch(/triggers += \{ # forces replacement\s+~ "?etag"? += "5d41402a" -> "7b502c3a"/);
      expect(ecs.images).toHaveLength(1);
      expect(ecs.images.map(({ id }) => id)).not.toEqual(before);
      exited(await tf.plan());
    }),
  );

  test.concurrent(
    "that somebody else made is drift that the plan undoes, while default_tags and the provider's own tag are not drift",
    () =>
      withBench({ taskDuration: "1s" }, async ({ ecs, tf }) => {
        tf.write(
          providerBlock(ecs, 'default_tags = { owner = "platform", team = "nobody" }') +
            importing("web", { start: 'tags = { team = "web" }' }),
        );
        exited(await tf.apply());
        const [image] = ecs.images;
        expect(image!.tags).toMatchObject({ owner: "platform", team: "web" });
        expect(Object.keys(image!.tags)).toContain("imagetask:start_key");
        expect(tf.attributes("imagetask_import.web").tags).toEqual({ team: "web" });
        exited(await tf.plan());

        const list = {
          RequestId: "r",
          RegionId: REGION,
          TotalCount: 1,
          PageNumber: 1,
          PageSize: 100,
          Images: {
            Image: [
              {
                ImageId: image!.id,
                ImageName: "renamed",
                Status: "Available",
                Usable: true,
                Tags: { Tag: [{ TagKey: "team", TagValue: "else" }] },
              },
            ],
          },
        };
        ecs.faults.add({ action: "DescribeImages", answer: { status: 200, body: JSON.stringify(list) } });
        const plan = exited(await tf.plan(), 2);
        expect(plan.output).toMatch(/image_name\s+= "renamed" -> "web"/);
        expect(plan.output).toMatch(/"team" = "else" -> "web"/);
        expect(plan.output).toContain("0 to add, 1 to change, 0 to destroy");
      }),
  );

  test.concurrent("of an enumeration's case alone is no change", () =>
    withBench({ taskDuration: "1s" }, async ({ ecs, tf }) => {
      const { id } = ecs.addImage({ region: REGION });
      const body = (change: (text: string) => string): string => {
        const enumerations = `architecture = "${change("x86_64")}"\nos_type = "${change("linux")}"\nplatform = "${change("Ubuntu")}"\nboot_mode = "${change("UEFI")}"\nfeatures {\n nvme_support = "${change("supported")}"\n}`;
        const completion = `on_timeout = "${change("cancel")}"`;
        return (
          providerBlock(ecs) +
          importing("web", { start: enumerations, completion }).replace('"qcow2"', `"${change("qcow2")}"`) +
          exporting("out", `"${id}"`, { start: `image_format = "${change("raw")}"` })
        );
      };
      tf.write(body((text) => text.toUpperCase()));
      exited(await tf.apply());
      expect(callsOf(ecs, "ImportImage")[0]!.params).toMatchObject({
        Architecture: "x86_64",
        OSType: "linux",
        Platform: "Ubuntu",
        BootMode: "UEFI",
        "Features.NvmeSupport": "supported",
        "DiskDeviceMapping.1.Format": "QCOW2",
      });
      exited(await tf.plan());

      tf.write(body((text) => text.toLowerCase()));
      const plan = await tf.plan();
      expect(plan.output).not.toContain("must be replaced");
      exited(plan);
    }),
  );
});
