import { START_KEY_TAG } from "../../../lib/contract/provider";
import type { ValueObject } from "../../../lib/contract/values";
import { Context } from "../../../lib/handler/context";
import { changeImage, driftOf } from "../../../lib/handler/resources/image-attributes";
import type { Image, Tags } from "../../../lib/handler/task/gateway";
import { FakeClock } from "../../support/handler/clock";
import { fakeGateway } from "../../support/handler/gateway";

const OPERATION = { kind: "import", region: "cn-hangzhou", taskId: "t-1", imageId: "m-1", startedAt: 0 } as const;
const SYSTEM = { "acs:tag:createdby": "sub:2000:me", "ACS:rm:rgId": "rg-1", "aliyun:x": "y", AliyunServiceTag: "z" };
/** Keys that every object of JavaScript seems to have. */
const INHERITED = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"];

const gateway = () =>
  fakeGateway({ tagImage: async () => undefined, untagImage: async () => undefined, modifyImage: async () => undefined });
const map = (...entries: (readonly [string, string])[]): Tags => Object.fromEntries(entries);

function contextWith(defaultTags: Tags = {}, ecs = gateway()): Context {
  const context = new Context(
    new FakeClock(),
    () => 0.5,
    () => undefined,
  );
  context.configure({ defaultTags } as never, ecs);
  return context;
}

const state = (tags: Tags | null, more: ValueObject = {}): ValueObject => ({
  image_name: "web",
  description: null,
  start_key: "k",
  tags,
  ...more,
});
const image = (tags: Tags, more: Partial<Image> = {}): Image => ({
  imageId: "m-1",
  name: "web",
  status: "Available",
  disks: [],
  tags: { ...tags, [START_KEY_TAG]: "k" },
  ...more,
});

/** A request's tags: the configuration's and one of ours. */
const request = (values: ValueObject): { tags: Tags } => ({ tags: { ...(values["tags"] as Tags | null), [START_KEY_TAG]: "k" } });

describe("tags of an image", () => {
  test("that Alibaba Cloud's own services keep are never drift, in any case, nor after an import", () => {
    expect(driftOf(state({ team: "a" }), image({ team: "a", ...SYSTEM }), contextWith(), false)["tags"]).toEqual({ team: "a" });
    expect(driftOf(state(null), image(SYSTEM), contextWith(), true)["tags"]).toBeNull();
  });

  test("that Alibaba Cloud's own services keep are never removed, even where an old state holds them", async () => {
    const ecs = gateway();
    await changeImage(contextWith({}, ecs), OPERATION, state({ team: "a", old: "x", ...SYSTEM }), state({ team: "a" }), request);
    expect(ecs.of("untagImage")).toEqual([["cn-hangzhou", "m-1", ["old"]]]);
  });

  test.each(INHERITED)("are drift, added and removed where one is called %s", async (key) => {
    expect(driftOf(state(null), image(map([key, "v"])), contextWith(), false)["tags"]).toEqual(map([key, "v"]));
    expect(driftOf(state(map([key, "v"])), image({}), contextWith(), false)["tags"]).toEqual({});
    expect(driftOf(state(null), image(map([key, "v"])), contextWith(map([key, "v"])), false)["tags"]).toBeNull();
    const ecs = gateway();
    await changeImage(contextWith({}, ecs), OPERATION, state({}), state(map([key, "v"])), request);
    await changeImage(contextWith({}, ecs), OPERATION, state(map([key, "v"])), state({}), request);
    expect(ecs.of("tagImage")).toEqual([["cn-hangzhou", "m-1", map([key, "v"])]]);
    expect(ecs.of("untagImage")).toEqual([["cn-hangzhou", "m-1", [key]]]);
  });

  test("and a name that would drive the terminal are shown without what does, unless they are the user's own words", () => {
    const seen = image({ "te\u001b[2Jam": "a\u202e" }, { name: "we\u200bb\u001b]0;x\u0007", description: "mine\u200d" });
    expect(driftOf(state(null, { description: "mine\u200d" }), seen, contextWith(), false)).toMatchObject({
      image_name: "web]0;x",
      description: "mine\u200d",
      tags: { "te[2Jam": "a" },
    });
  });
});

test("an update ends when ECS shows it, so that the next plan sees no old value", async () => {
  const clock = new FakeClock();
  const shown = (description: string) => ({ items: [image({}, { description })], total: 1 });
  const ecs = fakeGateway({ modifyImage: async () => undefined, describeImages: [shown("old"), shown("old"), shown("new")] });
  const context = new Context(
    clock,
    () => 0.5,
    () => undefined,
  );
  context.configure({ defaultTags: {} } as never, ecs);
  const change = changeImage(context, OPERATION, state(null, { description: "old" }), state(null, { description: "new" }), () => ({
    tags: {},
  }));
  await clock.runUntil(change);
  expect(ecs.of("describeImages")).toHaveLength(3);
});
