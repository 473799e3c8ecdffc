import { logLevel } from "./framework/log.ts";
import type { PluginServer } from "./plugin/server.ts";
import { preparedAnswers } from "./prepared-answers.ts";
import { addRawService } from "./tfplugin6/raw-service.ts";

/**
 * Puts this provider on a gRPC server, as protocol version 6. What the build has answered already needs no more than
 * this; the rest is loaded at the first other call. What it is given that is secret is added to `secrets`.
 */
export function addProvider(grpc: PluginServer, env: NodeJS.ProcessEnv, secrets: Set<string>): void {
  const load = async () => (await import("./provider-handlers.ts")).providerHandlers(env, secrets);
  // A log has a line of each call, which the handlers write.
  addRawService(grpc, load, logLevel(env, "openai") === "off" ? preparedAnswers() : undefined);
}
