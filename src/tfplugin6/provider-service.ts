/**
 * The protocol's edge: the service `tfplugin6.Provider`, one file for each RPC. Each decodes a request, calls
 * the framework's side of it, and encodes the response.
 *
 * @module
 */

import type { Server } from "@grpc/grpc-js";
import type { ProviderServer } from "../framework/server/index.ts";
import type { Method } from "../protobuf/service.ts";
import { applyResourceChange } from "./apply-resource-change.ts";
import { callFunction } from "./call-function.ts";
import { closeEphemeralResource } from "./close-ephemeral-resource.ts";
import { configureProvider } from "./configure-provider.ts";
import { generateResourceConfig } from "./generate-resource-config.ts";
import { getFunctions } from "./get-functions.ts";
import { getMetadata } from "./get-metadata.ts";
import { getProviderSchema } from "./get-provider-schema.ts";
import { getResourceIdentitySchemas } from "./get-resource-identity-schemas.ts";
import { importResourceState } from "./import-resource-state.ts";
import { invokeAction } from "./invoke-action.ts";
import { listResource } from "./list-resource.ts";
import { ProviderService } from "./messages.gen.ts";
import { moveResourceState } from "./move-resource-state.ts";
import { openEphemeralResource } from "./open-ephemeral-resource.ts";
import { planAction } from "./plan-action.ts";
import { planResourceChange } from "./plan-resource-change.ts";
import { addRawService, type RawHandlers } from "./raw-service.ts";
import { clientStream } from "./raw-stream.ts";
import { readDataSource } from "./read-data-source.ts";
import { readResource } from "./read-resource.ts";
import { renewEphemeralResource } from "./renew-ephemeral-resource.ts";
import type { ServedRpc } from "./rpc.ts";
import { serverStream } from "./server-stream.ts";
import { readStateBytes, writeStateBytes } from "./state-bytes.ts";
import { stopProvider } from "./stop-provider.ts";
import { unary } from "./unary.ts";
import { unserved } from "./unserved.ts";
import { upgradeResourceIdentity } from "./upgrade-resource-identity.ts";
import { upgradeResourceState } from "./upgrade-resource-state.ts";
import { validateActionConfig } from "./validate-action-config.ts";
import { validateDataResourceConfig } from "./validate-data-resource-config.ts";
import { validateEphemeralResourceConfig } from "./validate-ephemeral-resource-config.ts";
import { validateListResourceConfig } from "./validate-list-resource-config.ts";
import { validateProviderConfig } from "./validate-provider-config.ts";
import { validateResourceConfig } from "./validate-resource-config.ts";

/** Registers the whole `tfplugin6.Provider` service, for a provider that is loaded already. */
export function addProviderService(grpc: Pick<Server, "addService">, server: ProviderServer): void {
  addRawService(grpc, () => rawHandlers(server));
}

/** What answers each RPC there is, whether used or not. */
export function rawHandlers(server: ProviderServer): RawHandlers {
  const serve = <Request, Response>(
    method: Method<Request, Response, false, false>,
    rpc: ServedRpc<Request, Response>,
  ) => unary(method, rpc, server);
  return {
    GetMetadata: serve(ProviderService.GetMetadata, getMetadata),
    GetProviderSchema: serve(ProviderService.GetProviderSchema, getProviderSchema),
    ValidateProviderConfig: serve(ProviderService.ValidateProviderConfig, validateProviderConfig),
    ConfigureProvider: serve(ProviderService.ConfigureProvider, configureProvider),
    StopProvider: serve(ProviderService.StopProvider, stopProvider),

    ValidateDataResourceConfig: serve(ProviderService.ValidateDataResourceConfig, validateDataResourceConfig),
    ReadDataSource: serve(ProviderService.ReadDataSource, readDataSource),

    GetFunctions: serve(ProviderService.GetFunctions, getFunctions),
    CallFunction: serve(ProviderService.CallFunction, callFunction),

    ValidateResourceConfig: serve(ProviderService.ValidateResourceConfig, validateResourceConfig),
    UpgradeResourceState: serve(ProviderService.UpgradeResourceState, upgradeResourceState),
    ReadResource: serve(ProviderService.ReadResource, readResource),
    PlanResourceChange: serve(ProviderService.PlanResourceChange, planResourceChange),
    ApplyResourceChange: serve(ProviderService.ApplyResourceChange, applyResourceChange),
    ImportResourceState: serve(ProviderService.ImportResourceState, importResourceState),
    MoveResourceState: serve(ProviderService.MoveResourceState, moveResourceState),
    GenerateResourceConfig: serve(ProviderService.GenerateResourceConfig, generateResourceConfig),
    GetResourceIdentitySchemas: serve(ProviderService.GetResourceIdentitySchemas, getResourceIdentitySchemas),
    UpgradeResourceIdentity: serve(ProviderService.UpgradeResourceIdentity, upgradeResourceIdentity),

    ValidateEphemeralResourceConfig: serve(
      ProviderService.ValidateEphemeralResourceConfig,
      validateEphemeralResourceConfig,
    ),
    OpenEphemeralResource: serve(ProviderService.OpenEphemeralResource, openEphemeralResource),
    RenewEphemeralResource: serve(ProviderService.RenewEphemeralResource, renewEphemeralResource),
    CloseEphemeralResource: serve(ProviderService.CloseEphemeralResource, closeEphemeralResource),

    ValidateListResourceConfig: serve(ProviderService.ValidateListResourceConfig, validateListResourceConfig),
    ListResource: serverStream(ProviderService.ListResource, listResource, server),
    ValidateActionConfig: serve(ProviderService.ValidateActionConfig, validateActionConfig),
    PlanAction: serve(ProviderService.PlanAction, planAction),
    InvokeAction: serverStream(ProviderService.InvokeAction, invokeAction, server),

    ValidateStateStoreConfig: serve(ProviderService.ValidateStateStoreConfig, unserved("state store")),
    ConfigureStateStore: serve(ProviderService.ConfigureStateStore, unserved("state store")),
    ReadStateBytes: serverStream(ProviderService.ReadStateBytes, readStateBytes, server),
    WriteStateBytes: clientStream(ProviderService.WriteStateBytes, writeStateBytes),
    LockState: serve(ProviderService.LockState, unserved("state store")),
    UnlockState: serve(ProviderService.UnlockState, unserved("state store")),
    GetStates: serve(ProviderService.GetStates, unserved("state store")),
    DeleteState: serve(ProviderService.DeleteState, unserved("state store")),
  };
}
