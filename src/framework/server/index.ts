/**
 * The framework's side of each RPC, free of the protocol: what terraform-plugin-framework calls
 * fwserver. The protocol's edge converts, calls one of these, and converts back.
 *
 * @module
 */

export { isObjectValue } from "../walk.ts";
export { applyResourceChange } from "./apply-resource-change.ts";
export { argumentProblem } from "./argument-problem.ts";
export { closeEphemeralResource } from "./close-ephemeral-resource.ts";
export { configureProvider } from "./configure-provider.ts";
export { moveResourceState, upgradeResourceState } from "./convert-state.ts";
export { exceptionDiagnostic } from "./exception.ts";
export { generateResourceConfig } from "./generate-resource-config.ts";
export { importResource } from "./import-resource.ts";
export { type ActionEvent, invokeAction, planAction } from "./invoke-action.ts";
export { type ListEvent, listResource } from "./list-resource.ts";
export { openEphemeralResource } from "./open-ephemeral-resource.ts";
export { planDestruction, planResourceChange } from "./plan-resource-change.ts";
export { type CallContext, ProviderServer } from "./provider-server.ts";
export { readDataSource } from "./read-data-source.ts";
export { readResource } from "./read-resource.ts";
export { renewEphemeralResource } from "./renew-ephemeral-resource.ts";
export { toValue } from "./state.ts";
export { Stop } from "./stop.ts";
export { upgradeResourceIdentity } from "./upgrade-resource-identity.ts";
export { validateDataSource } from "./validate-data-source.ts";
export { validateListResource } from "./validate-list-resource.ts";
export { validateProvider } from "./validate-provider.ts";
export { validateBlock, validateEphemeralResource, validateResource } from "./validate-resource.ts";
