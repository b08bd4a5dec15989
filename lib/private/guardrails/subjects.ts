import { TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { PROVIDER, type Subject } from "../../contract/guardrails";
import { PROVIDER_SCHEMA, PROVIDER_TYPE } from "../../contract/provider";
import { RESOURCE_SCHEMAS } from "../../contract/resources";
import type { Block } from "../../contract/schema";
import type { ValueObject } from "../../contract/values";
import { isMarked } from "../mark";
import { defaultProviderOf } from "../stack-provider";
import { rendered } from "./rendered";
import { writtenBlocks } from "./stack-overrides";

/** A resource or provider in a stack that rules apply to. */
export interface StackSubject {
  readonly subject: Subject;
  /** The construct that the user wrote. */
  readonly construct: IConstruct;
  readonly block: Block;
  /** Arguments whose props have another name there. */
  readonly renamed: { readonly [path: string]: string };
}

/** The part of a stack within the scope that rules apply to. */
export function subjectsOf(scope: IConstruct, stack: TerraformStack): StackSubject[] {
  const written = writtenBlocks(stack);
  const providers = new Map<IConstruct | undefined, ValueObject>();
  const settingsOf = (provider: IConstruct | undefined): ValueObject => {
    if (!providers.has(provider))
      providers.set(provider, isOurProvider(provider) ? rendered(provider, PROVIDER_SCHEMA.block, written.of(provider)) : {});
    return providers.get(provider)!;
  };
  const subjectOf = (type: string, config: ValueObject, provider: IConstruct | undefined): Subject => {
    const { region = null, default_tags: defaultTags = null } = settingsOf(provider);
    return { type, config, provider: { region, defaultTags } };
  };
  const loose = scope.node.findAll().includes(stack) ? written.loose : [];
  const besides = loose.map(({ type, json }): StackSubject => {
    const { block } = type === null ? PROVIDER_SCHEMA : RESOURCE_SCHEMAS[type];
    const subject = subjectOf(type ?? PROVIDER, rendered(stack, block, json), defaultProviderOf(stack));
    return { subject, construct: stack, block, renamed: {} };
  });
  const made = scope.node.findAll().flatMap((node): StackSubject[] => {
    if (isOurProvider(node)) {
      if (TerraformStack.of(node) !== stack) return [];
      return [{ subject: subjectOf(PROVIDER, settingsOf(node), node), construct: node, block: PROVIDER_SCHEMA.block, renamed: {} }];
    }
    if (!TerraformResource.isTerraformResource(node) || !Object.hasOwn(RESOURCE_SCHEMAS, node.terraformResourceType)) return [];
    if (TerraformStack.of(node) !== stack) return [];
    const type = node.terraformResourceType as keyof typeof RESOURCE_SCHEMAS;
    const { block } = RESOURCE_SCHEMAS[type];
    const subject = subjectOf(type, rendered(node, block, written.of(node)), node.provider ?? defaultProviderOf(stack));
    return [{ subject, block, ...writtenAs(node) }];
  });
  return [...made, ...besides];
}

function isOurProvider(node: IConstruct | undefined): node is TerraformProvider {
  return node !== undefined && TerraformProvider.isTerraformProvider(node) && node.terraformResourceType === PROVIDER_TYPE;
}

/** For the resources of our constructs, messages name the construct and its props. */
function writtenAs(node: IConstruct): Pick<StackSubject, "construct" | "renamed"> {
  const parent = node.node.scope;
  const isOurs = ["ImageImport", "ImageExport", "ImageCopy"].some((kind) => isMarked(parent, kind));
  return isOurs
    ? { construct: parent!, renamed: node.node.id === "Completion" ? { "timeouts.create": "timeout" } : {} }
    : { construct: node, renamed: {} };
}
