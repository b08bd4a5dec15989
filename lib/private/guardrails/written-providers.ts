import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { PROVIDER_SCHEMA } from "../../contract/provider";
import type { ValueObject } from "../../contract/values";
import { isOurProvider } from "./our-provider";
import { rendered } from "./rendered";
import type { WrittenBlocks } from "./stack-overrides";
import type { Json } from "./written-json";

/** A provider block of a stack. */
export interface WrittenProvider {
  /** The provider's construct, or the stack if an override writes the block. */
  readonly construct: IConstruct;
  /** Null: the stack's default provider. */
  readonly alias: unknown;
  readonly config: ValueObject;
}

/** All blocks of our provider in the stack. */
export function writtenProviders(stack: TerraformStack, written: WrittenBlocks): WrittenProvider[] {
  const own = stack.node.findAll().filter(isOurProvider);
  const blocks: { readonly construct: IConstruct; readonly json: Json }[] = [
    ...own.filter((node) => TerraformStack.of(node) === stack).map((node) => ({ construct: node, json: written.of(node) })),
    ...written.loose.filter(({ type }) => type === null).map(({ json }) => ({ construct: stack, json })),
  ];
  return blocks.map(({ construct, json }) => ({
    construct,
    alias: json["alias"] ?? null,
    config: rendered(construct, PROVIDER_SCHEMA.block, json),
  }));
}

/** The provider that a resource's block names, or the default one; empty if the stack has no such block. */
export function configuredBy(providers: readonly WrittenProvider[], { provider }: Json): ValueObject {
  const wanted = typeof provider === "string" ? (ALIAS.exec(provider)?.[1] ?? null) : null;
  return providers.find(({ alias }) => alias === wanted)?.config ?? {};
}

/** `imagetask.west`, or `${imagetask.west}`. */
const ALIAS = /^(?:\$\{)?[\w-]+\.([\w-]+)\}?$/;
