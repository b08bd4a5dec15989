import { shapeOfBlock, type Shape } from "../codec/shape";
import type { DataSource, Logger, Provider, Resource } from "../resource";
import { DiagnosedError } from "./errors";

/** What every RPC has at hand. */
export interface RpcContext {
  /** The provider's name in messages, e.g. `imagetask`. */
  readonly name: string;
  readonly provider: Provider;
  readonly providerShape: Shape;
  readonly log: Logger;
  resource(typeName: string): Typed<Resource>;
  dataSource(typeName: string): Typed<DataSource>;
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
  };
}

function lookUp<T extends Resource | DataSource>(
  name: string,
  kind: string,
  definitions: { readonly [type: string]: T },
): (typeName: string) => Typed<T> {
  // A shape is worked out when its type is first used: most runs use a few types of all.
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
    const definition = definitions[typeName]!;
    const made = { definition, shape: shapeOfBlock(definition.schema.block) };
    typed.set(typeName, made);
    return made;
  };
}
