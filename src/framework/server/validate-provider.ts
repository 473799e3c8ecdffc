import type { ObjectValue } from "../../cty/index.ts";
import { Diagnostics } from "../diagnostic.ts";
import { configOf } from "./config.ts";
import type { ProviderServer } from "./provider-server.ts";
import { validateConfig } from "./validate-config.ts";

/** Checks a provider block. A null configuration (there is no block) arrives as all nulls. */
export function validateProvider(server: ProviderServer, config: ObjectValue): Diagnostics {
  const diagnostics = new Diagnostics();
  const { provider } = server;
  validateConfig(config, provider.schema, diagnostics);
  if (!diagnostics.hasError) {
    provider.validate({ config: configOf(config, provider.schema.attributes), diagnostics });
  }
  return diagnostics;
}
