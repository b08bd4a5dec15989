import { TerraformElement, TerraformResource, type TerraformStack } from "cdktf";
import { PROVIDER_TYPE } from "../../contract/provider";
import { isResourceType, type ResourceType } from "../../contract/resources";
import { rawOverridesOf } from "../raw-overrides";
import { isOurProvider } from "./our-provider";
import { ownJson } from "./rendered";
import { entriesOf, providersIn, resourcesIn, type Json } from "./written-json";

/** A block that no construct writes. */
export interface Loose {
  /** The type of a resource; null for a provider block. */
  readonly type: ResourceType | null;
  readonly json: Json;
}

/** The blocks of a stack, as synth will write them. */
export interface WrittenBlocks {
  /** The block of a resource or provider in the stack. */
  of(element: TerraformElement): Json;
  readonly loose: readonly Loose[];
}

/** `stack.addOverride` adds blocks, and changes those of constructs without their knowledge. It is rare, and finding out costs a rendering of the whole stack. */
export function writtenBlocks(stack: TerraformStack): WrittenBlocks {
  if (!isOverridden(stack)) return { of: ownJson, loose: [] };
  const { resource, provider }: Json = stack.toTerraform();
  const resources = resourcesIn(resource).flatMap(({ type, name, json }): (Loose & { readonly name: string })[] =>
    isResourceType(type) ? [{ type, name, json }] : [],
  );
  const providers = providersIn(provider).flatMap(({ type, json }) => (type === PROVIDER_TYPE ? [{ type: null, json }] : []));
  const blockOf = (element: TerraformElement): Json | undefined => {
    if (isOurProvider(element)) return providers.find(({ json }) => (json["alias"] ?? null) === (element.alias ?? null))?.json;
    if (!TerraformResource.isTerraformResource(element)) return undefined;
    return resources.find(({ type, name }) => type === element.terraformResourceType && name === element.friendlyUniqueId)?.json;
  };
  const elements = stack.node.findAll().filter(TerraformElement.isTerraformElement);
  const blocks = new Map(elements.map((element) => [element, blockOf(element)]));
  const known = new Set(blocks.values());
  return {
    of: (element) => blocks.get(element) ?? {},
    loose: [...resources, ...providers].filter(({ json }) => !known.has(json)),
  };
}

function isOverridden(stack: TerraformStack): boolean {
  const { resource, provider } = rawOverridesOf(stack);
  return entriesOf(resource).some(([type]) => isResourceType(type)) || entriesOf(provider).some(([type]) => type === PROVIDER_TYPE);
}
