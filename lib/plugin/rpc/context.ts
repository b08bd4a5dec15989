import type { Schema } from "../../contract/schema";
import { shapeOfBlock, type Shape } from "../codec/shape";
import type { Action, DataSource, List, Logger, Provider, Resource } from "../resource";
import { DiagnosedError } from "./errors";

/** What every RPC receives. */
export interface RpcContext {
  /** The provider's name in messages. */
  readonly name: string;
  readonly provider: Provider;
  readonly providerShape: Shape;
  readonly log: Logger;
  resource(typeName: string): Typed<Resource>;
  dataSource(typeName: string): Typed<DataSource>;
  list(typeName: string): Typed<List>;
  action(typeName: string): Typed<Action>;
  /** Aborted when the user interrupts Terraform. */
  readonly stopping: AbortController;
}

export interface Typed<T> {
  readonly definition: T;
  readonly shape: Shape;
}

export function createRpcContext(name: string, provider: Provider, log: Logger): RpcContext {
  return {
    name,
    provider,
    providerShape: shapeOfBlock(provider.schema.block),
    log,
    resource: lookUp(name, "resource", provider.resources),
    dataSource: lookUp(name, "data source", provider.dataSources),
    list: lookUp(name, "list", provider.lists ?? {}),
    action: lookUp(name, "action", provider.actions ?? {}),
    stopping: new AbortController(),
  };
}

function lookUp<T extends { readonly schema: Schema }>(
  name: string,
  kind: string,
  definitions: { readonly [type: string]: T },
): (typeName: string) => Typed<T> {
  // A shape is computed when its type is first used, because most runs use few of the types.
  const typed = new Map<string, Typed<T>>();
  return (typeName) => {
    const known = typed.get(typeName);
    if (known) return known;
    if (!Object.hasOwn(definitions, typeName)) {
      throw new DiagnosedError(
        `Unknown ${kind} type`,
        `This version of the ${name} provider has no ${kind} "${typeName}"; it has ${Object.keys(definitions).join(", ")}. Check the name, or the provider's version in required_providers.`,
      );
    }
    const definition = definitions[typeName];
    const made = { definition, shape: shapeOfBlock(definition.schema.block) };
    typed.set(typeName, made);
    return made;
  };
}
