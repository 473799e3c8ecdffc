import { providerByName, type ServedProvider } from "../framework/index.ts";
import { validateProviderConfig } from "./base-url.ts";
import type { OpenAIProvider } from "./openai-provider.ts";
import { type ProviderAttributes, providerDeclaration } from "./provider-arguments.ts";
import { objectLoaders } from "./registry.gen.ts";

/**
 * The provider as Terraform is served: each object is loaded by the first call that names it.
 *
 * @param secrets Gets the secrets that clients are made with.
 */
export function servedOpenai(
  env: NodeJS.ProcessEnv,
  secrets: Set<string> = new Set(),
): ServedProvider<OpenAIProvider> {
  return providerByName<ProviderAttributes, OpenAIProvider>({
    ...providerDeclaration,
    objects: objectLoaders,
    validate: ({ config, diagnostics }) => validateProviderConfig(config, diagnostics),
    async configure(request) {
      const { configure } = await import("./configure.ts");
      return configure(request, env, secrets);
    },
  });
}
