import type { ObjectValue } from "../../cty/index.ts";
import { bugDiagnostic, Diagnostics } from "../diagnostic.ts";
import { configOf } from "./config.ts";
import type { CallContext, ProviderServer } from "./provider-server.ts";
import { validateConfig } from "./validate-config.ts";

/**
 * Configures the provider for the reads that follow. The validators run again, because a value that
 * was unknown at validate may be known now.
 */
export async function configureProvider(
  server: ProviderServer,
  config: ObjectValue,
  terraformVersion: string,
  context: CallContext,
): Promise<Diagnostics> {
  const { provider } = server;
  const validated = new Diagnostics();
  validateConfig(config, provider.schema, validated);
  if (validated.hasError) return validated;
  // Its warnings are dropped: Terraform has them from ValidateProviderConfig, which it calls first.
  const diagnostics = new Diagnostics();
  const data = await provider.configure({
    config: configOf(config, provider.schema.attributes),
    terraformVersion,
    diagnostics,
    log: context.log,
  });
  if (data instanceof Diagnostics) {
    if (data !== diagnostics) diagnostics.append(data);
    if (!diagnostics.hasError) {
      diagnostics.add(bugDiagnostic("Configuring the provider gave neither a result nor an error."));
    }
    return diagnostics;
  }
  if (!diagnostics.hasError) server.configured(data);
  return diagnostics;
}
