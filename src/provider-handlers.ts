import { createLogger, logLevel } from "./framework/index.ts";
import { ProviderServer } from "./framework/server/index.ts";
import { servedOpenai } from "./provider/served-provider.ts";
import { rawHandlers } from "./tfplugin6/provider-service.ts";
import type { RawHandlers } from "./tfplugin6/raw-service.ts";

/** What answers Terraform's calls to this provider. What it is given that is secret is added to `secrets`. */
export function providerHandlers(env: NodeJS.ProcessEnv, secrets: Set<string>): RawHandlers {
  const provider = servedOpenai(env, secrets);
  const log = createLogger(logLevel(env, provider.name));
  return rawHandlers(new ProviderServer(provider, log));
}
