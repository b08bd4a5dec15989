import { ApiError } from "../../../lib/emulator/protocol/api-error";
import { Params } from "../../../lib/emulator/protocol/params";

test("parameter names match in any case, and an empty value counts as missing", () => {
  const params = new Params({ OssBucket: "b", Empty: "" });
  expect(params.text("OSSBucket")).toBe("b");
  expect(params.text("Empty")).toBeUndefined();
  expect(params.given("Empty")).toBe("");
});

test("numbered parameters are sorted by their numbers", () => {
  const params = new Params({
    "Id.10": "c",
    "Id.2": "b",
    "Id.1": "a",
    "Id.x": "no",
    "Tag.2.Key": "two",
    "Tag.1.Key": "one",
    "Tag.1.Value": "1",
  });
  expect(params.list("Id")).toEqual(["a", "b", "c"]);
  expect(params.structs("Tag").map((tag) => [tag.text("Key"), tag.text("Value")])).toEqual([
    ["one", "1"],
    ["two", undefined],
  ]);
});

test("the error about a missing parameter in a structure has its full name", () => {
  const [disk] = new Params({ "DiskDeviceMapping.1.Format": "RAW" }).structs("DiskDeviceMapping");
  expect(() => disk!.required("OSSBucket")).toThrow('An input parameter "DiskDeviceMapping.1.OSSBucket" that is mandatory');
});

test.each([
  ["PageSize", "0"],
  ["PageSize", "101"],
  ["PageSize", "1.5"],
  ["PageSize", "1e1"],
  ["PageSize", "ten"],
])("%s=%s is an error", (name, value) => {
  expect(() => new Params({ [name]: value }).int(name, 10, 1, 100)).toThrow(ApiError);
});

test("a boolean is true or false in any case, and anything else is an error", () => {
  expect(new Params({ A: "TRUE" }).bool("A")).toBe(true);
  expect(new Params({ A: "False" }).bool("A")).toBe(false);
  expect(new Params({}).bool("A")).toBeUndefined();
  expect(() => new Params({ A: "yes" }).bool("A")).toThrow("Allowed: true, false");
});
