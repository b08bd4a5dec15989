import { ProviderDefinition } from "../gen/tfplugin6";
import type { GrpcMethod } from "../transport/grpc-service";
import type { Logger } from "../resource";
import { applyResourceChange } from "./apply-resource-change";
import { configureProvider } from "./configure-provider";
import type { RpcContext } from "./context";
import { getMetadata } from "./get-metadata";
import { getProviderSchema } from "./get-provider-schema";
import { getResourceIdentitySchemas } from "./get-resource-identity-schemas";
import { importResourceState } from "./import-resource-state";
import { invokeAction } from "./invoke-action";
import { listResource } from "./list-resource";
import { moveResourceState } from "./move-resource-state";
import { planAction } from "./plan-action";
import { planResourceChange } from "./plan-resource-change";
import { readDataSource } from "./read-data-source";
import { readResource } from "./read-resource";
import { bind, bindStream } from "./rpc";
import { stopProvider } from "./stop-provider";
import { upgradeResourceIdentity } from "./upgrade-resource-identity";
import { upgradeResourceState } from "./upgrade-resource-state";
import { validateActionConfig } from "./validate-action-config";
import { validateDataResourceConfig } from "./validate-data-resource-config";
import { validateListResourceConfig } from "./validate-list-resource-config";
import { validateProviderConfig } from "./validate-provider-config";
import { validateResourceConfig } from "./validate-resource-config";

/**
 * All methods of the provider service.
 *
 * @param context resolves once the provider has been created; if it rejects, every call returns that error
 */
export function providerMethods(name: string, log: Logger, context: () => Promise<RpcContext>): GrpcMethod[] {
  const binding = { service: ProviderDefinition.fullName, name, log, context };
  return [
    bind(getMetadata, binding),
    bind(getProviderSchema, binding),
    bind(getResourceIdentitySchemas, binding),
    bind(upgradeResourceIdentity, binding),
    bind(validateProviderConfig, binding),
    bind(validateResourceConfig, binding),
    bind(validateDataResourceConfig, binding),
    bind(configureProvider, binding),
    bind(upgradeResourceState, binding),
    bind(readResource, binding),
    bind(planResourceChange, binding),
    bind(applyResourceChange, binding),
    bind(importResourceState, binding),
    bind(moveResourceState, binding),
    bind(readDataSource, binding),
    bind(validateListResourceConfig, binding),
    bindStream(listResource, binding),
    bind(validateActionConfig, binding),
    bind(planAction, binding),
    bindStream(invokeAction, binding),
    bind(stopProvider, binding),
  ];
}
