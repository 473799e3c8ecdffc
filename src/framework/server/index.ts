/**
 * The framework's side of each RPC, free of the protocol: what terraform-plugin-framework calls
 * fwserver. The protocol's edge converts, calls one of these, and converts back.
 *
 * @module
 */
export { isObjectValue } from "./config.ts";
export { configureProvider } from "./configure-provider.ts";
export { type CallContext, ProviderServer } from "./provider-server.ts";
export { readDataSource } from "./read-data-source.ts";
export { validateDataSource } from "./validate-data-source.ts";
export { validateProvider } from "./validate-provider.ts";
