// Loads what the pages are made of, which is TypeScript: the provider with its objects, and its messages.
import { loadSources } from "../build/load-sources.mjs";

/** @typedef {import("../../src/framework/index.ts").Provider<never>} Provider */
/** @typedef {import("../../src/provider/api/declaration.ts").ApiObject} ApiObject */
/**
 * @typedef {{
 *   provider: Provider,
 *   declarations: readonly ApiObject[],
 *   importExample: typeof import("../../src/provider/api/import.ts").importExample,
 *   topicOf: typeof import("../../src/provider/api/object-names.ts").topicOf,
 *   completion: typeof import("../../src/provider/chat-completion/completion.ts").completion,
 *   explain: typeof import("../../src/provider/explain/explain.ts").explain,
 *   OpenAIError: typeof import("../../src/openai/index.ts").OpenAIError,
 * }} Declared
 */

const entry = `
  export { openai } from "./src/provider/provider.ts";
  export { apiObjects } from "./src/provider/objects/index.ts";
  export { importExample } from "./src/provider/api/import.ts";
  export { topicOf } from "./src/provider/api/object-names.ts";
  export { completion } from "./src/provider/chat-completion/completion.ts";
  export { explain } from "./src/provider/explain/explain.ts";
  export { OpenAIError } from "./src/openai/index.ts";
`;

/** @returns {Promise<Declared>} */
export async function loadDeclared() {
  const { openai, apiObjects, ...rest } = await loadSources(entry);
  const declarations = apiObjects.map((/** @type {{ declaration: ApiObject }} */ each) => each.declaration);
  return { provider: openai({}), declarations, ...rest };
}
