import type { Server } from "@grpc/grpc-js";
import type { ProviderServer } from "../framework/server/index.ts";
import type { Implementation } from "../protobuf/handlers.ts";
import { callFunction } from "./call-function.ts";
import { configureProvider } from "./configure-provider.ts";
import { getFunctions } from "./get-functions.ts";
import { getMetadata } from "./get-metadata.ts";
import { getProviderSchema } from "./get-provider-schema.ts";
import { getResourceIdentitySchemas } from "./get-resource-identity-schemas.ts";
import { invokeAction } from "./invoke-action.ts";
import { listResource } from "./list-resource.ts";
import { ProviderService } from "./messages.gen.ts";
import { moveResourceState } from "./move-resource-state.ts";
import { planAction, validateActionConfig } from "./plan-action.ts";
import { readDataSource } from "./read-data-source.ts";
import type { Rpc } from "./rpc.ts";
import { readStateBytes, writeStateBytes } from "./state-bytes.ts";
import { stopProvider } from "./stop-provider.ts";
import { unary } from "./unary.ts";
import { unserved } from "./unserved.ts";
import { validateDataResourceConfig } from "./validate-data-resource-config.ts";
import { validateProviderConfig } from "./validate-provider-config.ts";

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

    ValidateResourceConfig: serve("ValidateResourceConfig", unserved("resource")),
    UpgradeResourceState: serve("UpgradeResourceState", unserved("resource")),
    ReadResource: serve("ReadResource", unserved("resource")),
    PlanResourceChange: serve("PlanResourceChange", unserved("resource")),
    ApplyResourceChange: serve("ApplyResourceChange", unserved("resource")),
    ImportResourceState: serve("ImportResourceState", unserved("resource")),
    MoveResourceState: serve("MoveResourceState", moveResourceState),
    GenerateResourceConfig: serve("GenerateResourceConfig", unserved("resource")),
    GetResourceIdentitySchemas: serve("GetResourceIdentitySchemas", getResourceIdentitySchemas),
    UpgradeResourceIdentity: serve("UpgradeResourceIdentity", unserved("resource identity")),

    ValidateEphemeralResourceConfig: serve("ValidateEphemeralResourceConfig", unserved("ephemeral resource")),
    OpenEphemeralResource: serve("OpenEphemeralResource", unserved("ephemeral resource")),
    RenewEphemeralResource: serve("RenewEphemeralResource", unserved("ephemeral resource")),
    CloseEphemeralResource: serve("CloseEphemeralResource", unserved("ephemeral resource")),

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
