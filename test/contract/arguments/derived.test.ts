import { errorPaths, enumerations, replacing, schemaBlock, type Arguments } from "../../../lib/contract/arguments";
import { EXPORT_ARGUMENTS, IMPORT_ARGUMENTS } from "../../../lib/contract/arguments";

const ROWS: Arguments = {
  name: { type: "string", description: "The name.", default: "- made up", change: "in place", codes: ["InvalidName"] },
  format: { type: "string", description: "The format.", default: "RAW", values: ["RAW", "VHD"] },
  disk: {
    nesting: "list",
    maxItems: 2,
    description: "A disk each.",
    block: { size: { type: "number", required: true, description: "GiB.", codes: ["InvalidSize"] } },
  },
};

test("the schema is made from the table of arguments, with the default at the end of each description", () => {
  expect(schemaBlock("A thing.", ROWS, { id: { type: "string", computed: true, description: "The id." } })).toEqual({
    description: "A thing.",
    attributes: {
      id: { type: "string", computed: true, description: "The id." },
      name: { type: "string", optional: true, description: "The name. Default: made up." },
      format: { type: "string", optional: true, description: "The format. Default: `RAW`." },
    },
    blocks: {
      disk: {
        nesting: "list",
        maxItems: 2,
        block: { description: "A disk each.", attributes: { size: { type: "number", required: true, description: "GiB." } } },
      },
    },
  });
});

test("an argument replaces the resource unless its row says that it changes in place", () => {
  expect(replacing(ROWS)).toEqual(["format", "disk"]);
  expect(replacing(EXPORT_ARGUMENTS)).toEqual(["image_id", "oss_bucket", "oss_prefix", "image_format", "role_name", "triggers"]);
});

test("an error code of ECS is mapped to its argument; in a block, to the argument of the first item", () => {
  expect(errorPaths(ROWS)).toEqual({ InvalidName: ["name"], InvalidSize: ["disk", 0, "size"] });
  expect(errorPaths(IMPORT_ARGUMENTS)).toMatchObject({
    InvalidOSSBucket: ["disk_device_mapping", 0, "oss_bucket"],
    ImageIsImporting: ["image_name"],
  });
});

test("the enumerations of an import include those within blocks", () => {
  expect(enumerations(IMPORT_ARGUMENTS).map(([name]) => name)).toEqual(expect.arrayContaining(["architecture", "format", "nvme_support"]));
});
