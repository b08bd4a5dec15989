import { encodePath } from "../../../lib/plugin/codec/path";
import type { Shape } from "../../../lib/plugin/codec/shape";

const SHAPE: Shape = {
  kind: "object",
  attributes: new Map<string, Shape>([
    ["tags", { kind: "map", element: { kind: "string" } }],
    [
      "disk",
      {
        kind: "list",
        neverNull: true,
        element: { kind: "object", attributes: new Map<string, Shape>([["labels", { kind: "map", element: { kind: "string" } }]]) },
      },
    ],
  ]),
};

test.each([
  [["name"], [{ $case: "attributeName", attributeName: "name" }]],
  [
    ["tags", "a"],
    [
      { $case: "attributeName", attributeName: "tags" },
      { $case: "elementKeyString", elementKeyString: "a" },
    ],
  ],
  [
    ["disk", 2, "labels", "b"],
    [
      { $case: "attributeName", attributeName: "disk" },
      { $case: "elementKeyInt", elementKeyInt: 2 },
      { $case: "attributeName", attributeName: "labels" },
      { $case: "elementKeyString", elementKeyString: "b" },
    ],
  ],
])("the path %j has the steps that Terraform expects", (path, selectors) => {
  expect(encodePath(path, SHAPE).steps.map(({ selector }) => selector)).toEqual(selectors);
});
