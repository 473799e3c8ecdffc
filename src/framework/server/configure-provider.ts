import type { ObjectValue } from "../../cty/index.ts";
import { Diagnostics } from "../diagnostic.ts";
import { configOf } from "./config.ts";
import type { CallContext, ProviderServer } from "./provider-server.ts";
import { validateConfig } from "./validate-config.ts";

/**
 * Configures the provider for the reads that follow. The validators run again, because a value that
 * was unknown at validate may be known now.
 */
export function configureProvider(
  server: ProviderServer,
  config: ObjectValue,
  terraformVersion: string,
  context: CallContext,
): Diagnostics {
  const diagnostics = new Diagnostics();
  const { provider } = server;
  validateConfig(config, provider.schema.attributes, diagnostics);
  if (diagnostics.hasError) return diagnostics;
  const data = provider.configure({
    config: configOf(config, provider.schema.attributes),
    terraformVersion,
    diagnostics,
    log: context.log,
  });
  if (data instanceof Diagnostics) return diagnostics.append(data === diagnostics ? [] : data);
  if (!diagnostics.hasError) server.configured(data);
  return diagnostics;
}
