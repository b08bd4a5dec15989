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
  test("names it, and leads back to it", () => {
    fc.assert(fc.property(operations, (operation) => expect(parseOperationId(formatOperationId(operation))).toEqual(operation)));
  });

  test("of two different operations differs", () => {
    fc.assert(
      fc.property(operations, operations, (a, b) =>
        expect(formatOperationId(a) === formatOperationId(b)).toBe(fc.stringify(a) === fc.stringify(b)),
      ),
    );
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
  ])('"%s" names none', (text) => expect(parseOperationId(text)).toBeNull());

  test("whatever is given, parsing neither fails nor invents", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseOperationId(text);
        if (parsed)
          expect(formatOperationId(parsed)).toHaveLength(text.length - (text.split(":").at(-1)!.length - String(parsed.startedAt).length));
      }),
    );
  });
});

test("a start whose answer was lost for good has neither id", () => {
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
])("messages name %j, whose image is called %j: %s", (operation, imageName, name) => {
  expect(describeOperation(operation, imageName)).toBe(name);
});
