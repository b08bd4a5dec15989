import { callsOf, REGION, withBench } from "../support/e2e/bench";
import { importing, providerBlock } from "../support/e2e/hcl";
import { exited } from "../support/e2e/terraform";

const INHERITED = ["__proto__", "constructor", "toString"];
const SYSTEM = ["acs:tag:createdby", "ACS:rm:rgId", "aliyun:x"];

describe("unusual tags", () => {
  test.concurrent(
    "of Alibaba Cloud's services are not drift, and those named like JavaScript's inherited properties are like any other tag",
    () =>
      withBench({ taskDuration: "1s" }, async ({ ecs, tf }) => {
        const tagged = (keys: readonly string[]): string =>
          providerBlock(ecs) +
          importing("web", { start: `tags = { ${keys.map((key) => `"${key}" = "v"`).join(", ")} }`, completion: null });
        const tags = Object.fromEntries([...INHERITED, ...SYSTEM].map((key) => [key, "v"]));
        const { id } = ecs.addImage({
          region: REGION,
          name: "web",
          disks: [{ bucket: "images", object: "web.qcow2", format: "QCOW2" }],
          tags,
        });

        tf.write(tagged(INHERITED));
        exited(await tf.run("import", "imagetask_import.web", `${REGION}/${id}`));
        expect(Object.keys(tf.attributes("imagetask_import.web")["tags"] as object)).toEqual(INHERITED);
        tf.write(tagged(["valueOf"]));
        exited(await tf.apply());
        exited(await tf.plan(), 0);
        const [untag] = callsOf(ecs, "UntagResources");
        expect(["TagKey.1", "TagKey.2", "TagKey.3", "TagKey.4"].map((name) => untag!.params[name])).toEqual([...INHERITED, undefined]);
        expect(Object.keys(ecs.images[0]!.tags).sort()).toEqual(expect.arrayContaining([...SYSTEM, "valueOf"]) as string[]);
      }),
  );
});
