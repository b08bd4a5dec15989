import fc from "fast-check";
import { describeOperation, formatOperationId, isUnresolved, parseOperationId, type Operation } from "../../../lib/handler/task/operation";
import { aCopy, anExport, anImport } from "../../support/handler/builders";

const id = fc.option(fc.stringMatching(/^[a-zA-Z0-9*._-]{1,30}$/), { nil: null });
const operations: fc.Arbitrary<Operation> = fc.record({
  kind: fc.constantFrom("import", "export", "copy"),
  region: fc.stringMatching(/^[a-z][a-z0-9-]{1,20}$/),
  taskId: id,
  imageId: id,
  startedAt: fc.nat(4e12),
});

describe("an operation's id", () => {
  test("is parsed back to the same operation", () => {
    fc.assert(fc.property(operations, (operation) => expect(parseOperationId(formatOperationId(operation))).toEqual(operation)));
  });

  test.each([
    "",
    "m-bp67acfmxazb4p",
    "import:cn-hangzhou:t-1:m-1",
    "move:cn-hangzhou:t-1:m-1:5",
    "import:cn-hangzhou:t-1:m-1:5:6",
    "import:cn-hangzhou:t 1:m-1:5",
    "import::t-1:m-1:5",
    "import:cn-hangzhou:t-1:m-1:-5",
  ])('"%s" is not one', (text) => expect(parseOperationId(text)).toBeNull());

  test("that anybody has edited is parsed to an operation with the same id, but for zeros before the time, or to null", () => {
    const edited = fc.tuple(operations, fc.nat(60), fc.string({ maxLength: 3 })).map(([operation, at, text]) => {
      const id = formatOperationId(operation);
      return id.slice(0, at) + text + id.slice(at + text.length);
    });
    let parsings = 0;
    fc.assert(
      fc.property(edited, (text) => {
        const parsed = parseOperationId(text);
        if (parsed === null) return;
        parsings++;
        expect(formatOperationId(parsed)).toBe(text.replace(/:0+(?=\d+$)/, ":"));
      }),
    );
    expect(parsings).toBeGreaterThan(10);
  });
});

test("an operation is unresolved if it has neither a task id nor an image id", () => {
  expect(isUnresolved(anImport({ taskId: null, imageId: null }))).toBe(true);
  expect(isUnresolved(aCopy())).toBe(false);
  expect(isUnresolved(anImport({ imageId: null }))).toBe(false);
});

test.each([
  [anImport({ taskId: "t-1", imageId: "m-1" }), "golden-db", "import t-1 of golden-db (image m-1, cn-hangzhou)"],
  [anExport({ taskId: "t-1", imageId: "m-1" }), undefined, "export t-1 of image m-1 (cn-hangzhou)"],
  [anExport({ taskId: null, imageId: "m-1" }), null, "export of image m-1 (cn-hangzhou)"],
  [aCopy({ imageId: "m-1" }), "golden-db", "copy of golden-db (image m-1, cn-hangzhou)"],
  [aCopy({ imageId: null }), undefined, "copy of an unknown image (cn-hangzhou)"],
  [anImport({ taskId: "t-1", imageId: "m-1" }), "\u001b[2Jgolden\n-db", "import t-1 of [2Jgolden -db (image m-1, cn-hangzhou)"],
])("the operation %j with the image name %j is called %s in messages", (operation, imageName, name) => {
  expect(describeOperation(operation, imageName)).toBe(name);
});
