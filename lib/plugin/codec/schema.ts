import type { Attribute, Block, NestedBlock, Schema } from "../../contract/schema";
import { Schema_NestedBlock_NestingMode, StringKind } from "../gen/tfplugin6";
import type * as wire from "../gen/tfplugin6";

/** Encodes a schema for GetProviderSchema. Descriptions are Markdown. */
export function encodeSchema(schema: Schema): wire.Schema {
  return { version: schema.version, block: encodeBlock(schema.block, schema.version) };
}

function encodeBlock(block: Block, version: number): wire.Schema_Block {
  return {
    version,
    attributes: Object.entries(block.attributes).map(([name, attribute]) => encodeAttribute(name, attribute)),
    blockTypes: Object.entries(block.blocks ?? {}).map(([name, nested]) => encodeNestedBlock(name, nested)),
    description: block.description ?? "",
    descriptionKind: StringKind.MARKDOWN,
  };
}

function encodeAttribute(name: string, attribute: Attribute): wire.Schema_Attribute {
  return {
    name,
    type: Buffer.from(JSON.stringify(attribute.type)),
    description: attribute.description,
    required: attribute.required ?? false,
    optional: attribute.optional ?? false,
    computed: attribute.computed ?? false,
    sensitive: attribute.sensitive ?? false,
    descriptionKind: StringKind.MARKDOWN,
    deprecated: attribute.deprecated ?? false,
  };
}

function encodeNestedBlock(typeName: string, nested: NestedBlock): wire.Schema_NestedBlock {
  return {
    typeName,
    block: encodeBlock(nested.block, 0),
    nesting: nested.nesting === "single" ? Schema_NestedBlock_NestingMode.SINGLE : Schema_NestedBlock_NestingMode.LIST,
    minItems: nested.minItems ?? 0,
    maxItems: nested.maxItems ?? 0,
  };
}
