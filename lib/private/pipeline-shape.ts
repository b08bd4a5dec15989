import { COPY_TYPE, EXPORT_TYPE, IMPORT_TYPE, RESOURCE_SCHEMAS } from "../contract/resources";
import { startShape, WAIT } from "./check-props";
import type { PropShape } from "./prop-shape";

/** The props of a step, without those that the pipeline sets, and without `forEach` and `count`, which would multiply the step. */
function step(type: keyof typeof RESOURCE_SCHEMAS, without: readonly string[], more: PropShape["values"] = {}): PropShape {
  const { values, objects, others } = startShape(RESOURCE_SCHEMAS[type].block);
  return {
    values: { ...Object.fromEntries(Object.entries(values).filter(([name]) => !without.includes(name))), ...more },
    objects,
    others: others.filter((name) => name !== "forEach" && name !== "count"),
  };
}

const IMPORT = step(IMPORT_TYPE, []);

/** The props of an `ImageTaskPipeline`, including those of its steps. */
export const PIPELINE_SHAPE: PropShape = {
  values: { imageId: "string", region: "string" },
  objects: {
    import: { many: false, shape: IMPORT },
    copies: { many: true, shape: step(COPY_TYPE, ["imageId", "sourceRegion"], { id: "string" }) },
    exports: { many: true, shape: step(EXPORT_TYPE, ["imageId"], { id: "string" }) },
    defaults: {
      many: false,
      shape: {
        values: WAIT,
        objects: { timeouts: IMPORT.objects["timeouts"] },
        others: ["provider"],
      },
    },
  },
  others: [],
};
