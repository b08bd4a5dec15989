import { TerraformElement, type TerraformStack } from "cdktf";
import { PROVIDER_TYPE } from "../../contract/provider";
import { RESOURCE_SCHEMAS } from "../../contract/resources";
import { ownJson, type Json } from "./rendered";

/** A block that nobody's construct stands behind. */
export interface Loose {
  /** The Terraform type of a resource; null: a provider block. */
  readonly type: keyof typeof RESOURCE_SCHEMAS | null;
  readonly json: Json;
}

/** Where the blocks of a stack are to be had, as synth is going to write them. */
export interface WrittenBlocks {
  /** Of a resource or a provider in the stack. */
  of(element: TerraformElement): Json;
  /** What is written besides. */
  readonly loose: readonly Loose[];
}

/** `stack.addOverride` changes what is written behind the back of its constructs, and adds to it. It is rare, and costs the whole stack. */
export function writtenBlocks(stack: TerraformStack): WrittenBlocks {
  if (!isOverridden(stack)) return { of: ownJson, loose: [] };
  const { resource = {}, provider = {} } = stack.toTerraform() as { readonly resource?: Blocks; readonly provider?: Json };
  const resources = Object.keys(RESOURCE_SCHEMAS).flatMap((type) =>
    Object.entries(resource[type] ?? {}).map(([name, json]) => ({ type: type as keyof typeof RESOURCE_SCHEMAS, name, json })),
  );
  const providers = [(provider[PROVIDER_TYPE] ?? []) as Json | readonly Json[]].flat();
  const elements = stack.node.findAll().filter(TerraformElement.isTerraformElement);
  const blocks = new Map<TerraformElement, Json | undefined>(
    elements.map((element) => [
      element,
      isProvider(element)
        ? providers.find((block) => (block["alias"] ?? null) === (element.alias ?? null))
        : resources.find(({ name }) => name === element.friendlyUniqueId)?.json,
    ]),
  );
  const known = new Set(blocks.values());
  return {
    of: (element) => blocks.get(element) ?? {},
    loose: [...resources, ...providers.map((json) => ({ type: null, json }))].filter(({ json }) => !known.has(json)),
  };
}

type Blocks = { readonly [type: string]: { readonly [name: string]: Json } };

function isOverridden(stack: TerraformStack): boolean {
  const { resource = {}, provider = {} } =
    (stack as unknown as { readonly rawOverrides?: { resource?: Json; provider?: Json } }).rawOverrides ?? {};
  return Object.keys(resource).some((type) => Object.hasOwn(RESOURCE_SCHEMAS, type)) || Object.hasOwn(provider, PROVIDER_TYPE);
}

const isProvider = (node: object): node is TerraformElement & { readonly alias?: string } =>
  (node as { readonly terraformResourceType?: string }).terraformResourceType === PROVIDER_TYPE;
