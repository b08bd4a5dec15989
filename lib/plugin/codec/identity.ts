import type { IdentitySchema } from "../../contract/schema";
import type { ValueObject } from "../../contract/values";
import type { ResourceIdentityData, ResourceIdentitySchema } from "../gen/tfplugin6";
import type { Identity } from "../resource";
import { encodeDynamicValue } from "./dynamic-value";
import { shapeOfType, type Shape } from "./shape";

/** Encodes an identity's schema for GetResourceIdentitySchemas. */
export function encodeIdentitySchema({ version, attributes }: IdentitySchema): ResourceIdentitySchema {
  return {
    version,
    identityAttributes: Object.entries(attributes).map(([name, { type, description, required }]) => ({
      name,
      type: Buffer.from(JSON.stringify(type)),
      requiredForImport: required,
      optionalForImport: !required,
      description,
    })),
  };
}

export function shapeOfIdentity({ attributes }: IdentitySchema): Shape {
  return { kind: "object", attributes: new Map(Object.entries(attributes).map(([name, { type }]) => [name, shapeOfType(type)])) };
}

/** Encodes the identity of the resource in a state; undefined if the type has no identity, or the identity is not known yet. */
export function encodeIdentityOf(identity: Identity | undefined, state: ValueObject | null): ResourceIdentityData | undefined {
  const value = identity && state && identity.of(state);
  return value ? encodeIdentity(identity, value) : undefined;
}

export function encodeIdentity({ schema }: Identity, value: ValueObject): ResourceIdentityData {
  return { identityData: encodeDynamicValue(value, shapeOfIdentity(schema)) };
}
