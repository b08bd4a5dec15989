import type { Image, Tag } from "../../../lib/emulator/values/model";
import { seedImage } from "../../../lib/emulator/seeds/seed";
import { TagIndex } from "../../../lib/emulator/state/tag-index";

const REGIONS = new Map([["cn-hangzhou", { id: "cn-hangzhou", name: "Hangzhou", idPrefix: "bp1" }]]);

const image = (createdAt: number, ...tags: Tag[]): Image => ({
  ...seedImage({}, { region: REGIONS.get("cn-hangzhou")!, regions: REGIONS, account: "1", now: createdAt }),
  tags,
});

const PROD = { key: "env", value: "prod" };
const TEST = { key: "env", value: "test" };

test("images are found by tag in the order of their creation, in their own region and account only", () => {
  const index = new TagIndex();
  const [newer, older, other] = [image(2, PROD), image(1, PROD, { key: "app", value: "" }), image(3, TEST)];
  for (const one of [newer, older, other]) index.add(one);
  expect(index.find("1", "cn-hangzhou", PROD).inOrder).toEqual([older, newer]);
  expect(index.find("1", "cn-beijing", PROD).inOrder).toEqual([]);
  expect(index.find("2", "cn-hangzhou", PROD).inOrder).toEqual([]);
  index.remove(newer);
  index.remove(newer);
  expect(index.find("1", "cn-hangzhou", PROD).inOrder).toEqual([older]);
});

test("images with a tag are counted by their current status", () => {
  const index = new TagIndex();
  const [one, two] = [image(1, PROD), image(2, PROD)];
  for (const added of [one, two]) index.add(added);
  one.status = "Deprecated";
  index.recount(one);
  expect(index.find("1", "cn-hangzhou", PROD).count(["Deprecated"], ["self"])).toBe(1);
  index.remove(two);
  expect(index.find("1", "cn-hangzhou", PROD).count(["Available", "Deprecated"], ["self"])).toBe(1);
  expect(index.find("1", "cn-hangzhou", TEST).count(["Available"], ["self"])).toBe(0);
});
