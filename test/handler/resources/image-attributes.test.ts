import { START_KEY_TAG } from "../../../lib/contract/provider";
import type { ValueObject } from "../../../lib/contract/values";
import type { Context } from "../../../lib/handler/context";
import { changeImage, driftOf } from "../../../lib/handler/resources/image-attributes";
import type { Image, Tags } from "../../../lib/handler/task/gateway";
import { resourceContext } from "../../support/handler/resource-context";

const OPERATION = { kind: "import", region: "cn-hangzhou", taskId: "t-1", imageId: "m-1", startedAt: 0 } as const;
const SYSTEM = { "acs:tag:createdby": "sub:2000:me", "ACS:rm:rgId": "rg-1", "aliyun:x": "y", AliyunServiceTag: "z" };
/** Keys that every JavaScript object inherits. */
const INHERITED = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"];

const OK = { tagImage: [undefined], untagImage: [undefined], modifyImage: [undefined] };
const map = (...entries: (readonly [string, string])[]): Tags => Object.fromEntries(entries);

const contextWith = (defaultTags: Tags = {}): Context => resourceContext({}, { defaultTags }).context;

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

/** A request's tags: those of the configuration, and the provider's own. */
const request = (values: ValueObject): { tags: Tags } => ({ tags: { ...(values["tags"] as Tags | null), [START_KEY_TAG]: "k" } });

describe("an image's tags", () => {
  test("of Alibaba Cloud's own services are never drift, in any spelling, and not imported", () => {
    expect(driftOf(state({ team: "a" }), image({ team: "a", ...SYSTEM }), contextWith(), false)["tags"]).toEqual({ team: "a" });
    expect(driftOf(state(null), image(SYSTEM), contextWith(), true)["tags"]).toBeNull();
  });

  test("of Alibaba Cloud's own services are never removed, even if an old state has them", async () => {
    const { context, gateway } = resourceContext(OK);
    await changeImage(context, OPERATION, state({ team: "a", old: "x", ...SYSTEM }), state({ team: "a" }), request);
    expect(gateway.of("untagImage")).toEqual([["cn-hangzhou", "m-1", ["old"]]]);
  });

  test.each(INHERITED)("are drift, added and removed like any other if the key is %s", async (key) => {
    expect(driftOf(state(null), image(map([key, "v"])), contextWith(), false)["tags"]).toEqual(map([key, "v"]));
    expect(driftOf(state(map([key, "v"])), image({}), contextWith(), false)["tags"]).toEqual({});
    expect(driftOf(state(null), image(map([key, "v"])), contextWith(map([key, "v"])), false)["tags"]).toBeNull();
    const { context, gateway } = resourceContext(OK);
    await changeImage(context, OPERATION, state({}), state(map([key, "v"])), request);
    await changeImage(context, OPERATION, state(map([key, "v"])), state({}), request);
    expect(gateway.of("tagImage")).toEqual([["cn-hangzhou", "m-1", map([key, "v"])]]);
    expect(gateway.of("untagImage")).toEqual([["cn-hangzhou", "m-1", [key]]]);
  });

  test("and name are shown without control characters, but text equal to the configuration's stays as it is", () => {
    const seen = image({ "te\u001b[2Jam": "a\u202e" }, { name: "we\u200bb\u001b]0;x\u0007", description: "mine\u200d" });
    expect(driftOf(state(null, { description: "mine\u200d" }), seen, contextWith(), false)).toMatchObject({
      image_name: "web]0;x",
      description: "mine\u200d",
      tags: { "te[2Jam": "a" },
    });
  });
});

test("an update ends only when ECS shows the new value, so that the next plan does not see the old one", async () => {
  const shown = (description: string) => ({ items: [image({}, { description })], total: 1 });
  const { context, clock, gateway } = resourceContext({
    modifyImage: [undefined],
    describeImages: [shown("old"), shown("old"), shown("new")],
  });
  const change = changeImage(context, OPERATION, state(null, { description: "old" }), state(null, { description: "new" }), () => ({
    tags: {},
  }));
  await clock.runUntil(change);
  expect(gateway.of("describeImages")).toHaveLength(3);
});
