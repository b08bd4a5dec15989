import { TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { PROVIDER, type Subject } from "../../contract/guardrails";
import { PROVIDER_SCHEMA } from "../../contract/provider";
import { isResourceType, RESOURCE_SCHEMAS, type ResourceType } from "../../contract/resources";
import type { Block } from "../../contract/schema";
import type { ValueObject } from "../../contract/values";
import { isMarked } from "../mark";
import { rendered } from "./rendered";
import { writtenBlocks } from "./stack-overrides";
import type { Json } from "./written-json";
import { configuredBy, writtenProviders } from "./written-providers";

/** A resource or provider in a stack that rules apply to. */
export interface StackSubject {
  readonly subject: Subject;
  /** The construct that the user wrote; the stack, for a block that an override adds. */
  readonly construct: IConstruct;
  readonly block: Block;
  /** The props that have another name than their arguments. */
  readonly renamed: { readonly [path: string]: string };
}

/** The part of a stack within the scope that rules apply to. */
export function subjectsOf(scope: IConstruct, stack: TerraformStack): StackSubject[] {
  const written = writtenBlocks(stack);
  const providers = writtenProviders(stack, written);
  const resource = (type: ResourceType, json: Json, node: IConstruct): StackSubject => {
    const { block } = RESOURCE_SCHEMAS[type];
    const provider = inherited(configuredBy(providers, json));
    return { subject: { type, config: rendered(node, block, json), provider }, block, ...writtenAs(node) };
  };
  const providersOf = (node: IConstruct): StackSubject[] =>
    providers
      .filter(({ construct }) => construct === node)
      .map(({ construct, config }) => ({
        subject: { type: PROVIDER, config, provider: inherited(config) },
        construct,
        block: PROVIDER_SCHEMA.block,
        renamed: {},
      }));

  const within = scope.node.findAll();
  const made = within.flatMap((node): StackSubject[] => {
    if (node === stack) return [];
    if (!TerraformResource.isTerraformResource(node) || TerraformStack.of(node) !== stack) return providersOf(node);
    const type = node.terraformResourceType;
    return isResourceType(type) ? [resource(type, written.of(node), node)] : [];
  });
  if (!within.includes(stack)) return made;
  const loose = written.loose.flatMap(({ type, json }) => (type === null ? [] : [resource(type, json, stack)]));
  return [...made, ...loose, ...providersOf(stack)];
}

/** The settings that a resource has from its provider. */
function inherited({ region = null, default_tags: defaultTags = null }: ValueObject): Subject["provider"] {
  return { region, defaultTags };
}

/** For the resources of our constructs, messages name the construct and its props. */
function writtenAs(node: IConstruct): Pick<StackSubject, "construct" | "renamed"> {
  const parent = node.node.scope;
  const isOurs = ["ImageImport", "ImageExport", "ImageCopy"].some((kind) => isMarked(parent, kind));
  return isOurs && parent
    ? { construct: parent, renamed: node.node.id === "Completion" ? { "timeouts.create": "timeout" } : {} }
    : { construct: node, renamed: {} };
}
