import { createLogger, logLevel } from "./framework/index.ts";
import { ProviderServer } from "./framework/server/index.ts";
import type { PluginServer } from "./plugin/server.ts";
import { openai } from "./provider/provider.ts";
import { addProviderService } from "./tfplugin6/provider-service.ts";

/** Puts this provider on a gRPC server, as protocol version 6. What it is given that is secret is added to `secrets`. */
export function addProvider(grpc: PluginServer, env: NodeJS.ProcessEnv, secrets: Set<string>): void {
  const provider = openai(env, secrets);
  const log = createLogger(logLevel(env, provider.name));
  addProviderService(grpc, new ProviderServer(provider, log));
}
