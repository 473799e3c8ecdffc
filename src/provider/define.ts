import * as framework from "../framework/index.ts";
import type { OpenAIProvider } from "./openai-provider.ts";

/** `dataSource` of the framework, for data sources that get this provider's clients. */
export const dataSource = framework.dataSource<OpenAIProvider>();

/** `ephemeralResource` of the framework, for ephemeral resources that get this provider's clients. */
export const ephemeralResource = framework.ephemeralResource<OpenAIProvider>();

/** `resource` of the framework, for resources that get this provider's clients. */
export const resource = framework.resource<OpenAIProvider>();
