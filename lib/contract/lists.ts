import { LIST_ARGUMENTS, schemaBlock } from "./arguments";
import { COPY_TYPE, EXPORT_TYPE, IMPORT_TYPE } from "./resources";
import type { Schema } from "./schema";

const list = (what: string): Schema => ({ version: 0, block: schemaBlock(what, LIST_ARGUMENTS) });

/** The schemas of `list` blocks, by the resource type that each lists. Hosts before Terraform 1.14 do not know them. */
export const LIST_SCHEMAS = {
  [IMPORT_TYPE]: list("The imports of a region, whoever started them, as long as their image is there."),
  [EXPORT_TYPE]: list("The exports of a region that ECS still lists, whoever started them."),
  [COPY_TYPE]: list("The copies to a region that this provider started."),
} satisfies { [type: string]: Schema };
