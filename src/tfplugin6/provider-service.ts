import type { Server } from "@grpc/grpc-js";
import type { ProviderServer } from "../framework/server/index.ts";
import type { Implementation } from "../protobuf/handlers.ts";
import { applyResourceChange } from "./apply-resource-change.ts";
import { callFunction } from "./call-function.ts";
import { closeEphemeralResource } from "./close-ephemeral-resource.ts";
import { configureProvider } from "./configure-provider.ts";
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
import { planAction, validateActionConfig } from "./plan-action.ts";
import { planResourceChange } from "./plan-resource-change.ts";
import { readDataSource } from "./read-data-source.ts";
import { readResource } from "./read-resource.ts";
import { renewEphemeralResource } from "./renew-ephemeral-resource.ts";
import type { Rpc } from "./rpc.ts";
import { readStateBytes, writeStateBytes } from "./state-bytes.ts";
import { stopProvider } from "./stop-provider.ts";
import { unary } from "./unary.ts";
import { unserved } from "./unserved.ts";
import { upgradeResourceState } from "./upgrade-resource-state.ts";
import { validateDataResourceConfig } from "./validate-data-resource-config.ts";
import { validateEphemeralResourceConfig } from "./validate-ephemeral-resource-config.ts";
import { validateProviderConfig } from "./validate-provider-config.ts";
import { validateResourceConfig } from "./validate-resource-config.ts";

/** Registers the whole `tfplugin6.Provider` service: every RPC there is, whether used or not. */
export function addProviderService(grpc: Pick<Server, "addService">, server: ProviderServer): void {
  grpc.addService(ProviderService, implementation(server));
}

function implementation(server: ProviderServer): Implementation<typeof ProviderService> {
  const serve = <Request, Response>(name: string, rpc: Rpc<Request, Response>) => unary(name, rpc, server);
  return {
    GetMetadata: serve("GetMetadata", getMetadata),
    GetProviderSchema: serve("GetProviderSchema", getProviderSchema),
    ValidateProviderConfig: serve("ValidateProviderConfig", validateProviderConfig),
    ConfigureProvider: serve("ConfigureProvider", configureProvider),
    StopProvider: serve("StopProvider", stopProvider),

    ValidateDataResourceConfig: serve("ValidateDataResourceConfig", validateDataResourceConfig),
    ReadDataSource: serve("ReadDataSource", readDataSource),

    GetFunctions: serve("GetFunctions", getFunctions),
    CallFunction: serve("CallFunction", callFunction),

    ValidateResourceConfig: serve("ValidateResourceConfig", validateResourceConfig),
    UpgradeResourceState: serve("UpgradeResourceState", upgradeResourceState),
    ReadResource: serve("ReadResource", readResource),
    PlanResourceChange: serve("PlanResourceChange", planResourceChange),
    ApplyResourceChange: serve("ApplyResourceChange", applyResourceChange),
    ImportResourceState: serve("ImportResourceState", importResourceState),
    MoveResourceState: serve("MoveResourceState", moveResourceState),
    GenerateResourceConfig: serve("GenerateResourceConfig", unserved("resource")),
    GetResourceIdentitySchemas: serve("GetResourceIdentitySchemas", getResourceIdentitySchemas),
    UpgradeResourceIdentity: serve("UpgradeResourceIdentity", unserved("resource identity")),

    ValidateEphemeralResourceConfig: serve(
      "ValidateEphemeralResourceConfig",
      validateEphemeralResourceConfig,
    ),
    OpenEphemeralResource: serve("OpenEphemeralResource", openEphemeralResource),
    RenewEphemeralResource: serve("RenewEphemeralResource", renewEphemeralResource),
    CloseEphemeralResource: serve("CloseEphemeralResource", closeEphemeralResource),

    ValidateListResourceConfig: serve("ValidateListResourceConfig", unserved("list resource")),
    ListResource: listResource,
    ValidateActionConfig: serve("ValidateActionConfig", validateActionConfig),
    PlanAction: serve("PlanAction", planAction),
    InvokeAction: invokeAction,

    ValidateStateStoreConfig: serve("ValidateStateStoreConfig", unserved("state store")),
    ConfigureStateStore: serve("ConfigureStateStore", unserved("state store")),
    ReadStateBytes: readStateBytes,
    WriteStateBytes: writeStateBytes,
    LockState: serve("LockState", unserved("state store")),
    UnlockState: serve("UnlockState", unserved("state store")),
    GetStates: serve("GetStates", unserved("state store")),
    DeleteState: serve("DeleteState", unserved("state store")),
  };
}
