import { LIST_ARGUMENTS, schemaBlock } from "./arguments";
import { COPY_TYPE, EXPORT_TYPE, IMPORT_TYPE } from "./resources";
import type { Schema } from "./schema";

const list = (what: string): Schema => ({ version: 0, block: schemaBlock(what, LIST_ARGUMENTS) });

/** The schemas of `list` blocks, by the resource type that each lists. Only Terraform 1.14 and later know these blocks. */
export const LIST_SCHEMAS = {
  [IMPORT_TYPE]: list("Lists the imports in a region, whoever started them, as long as their images exist."),
  [EXPORT_TYPE]: list("Lists the exports in a region, whoever started them, as long as ECS lists their tasks."),
  [COPY_TYPE]: list("Lists the copies to a region that this provider started."),
} satisfies { [type: string]: Schema };
