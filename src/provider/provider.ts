/**
 * The provider itself: its configuration, and the list of its objects, each in a file or folder of its own. What
 * serves Terraform loads them by name (served-provider.ts).
 *
 * @module
 */

import { type Provider, provider } from "../framework/index.ts";
import type { Clock } from "../openai/index.ts";
import { chatCompletionDelete } from "./actions/chat-completion-delete.ts";
import { chatCompletionTag } from "./actions/chat-completion-tag.ts";
import { externalKeyValidate } from "./actions/external-key-validate.ts";
import { externalStorageValidate } from "./actions/external-storage-validate.ts";
import { fileDeleteUnused } from "./actions/file-delete-unused.ts";
import { validateProviderConfig } from "./base-url.ts";
import { completion } from "./chat-completion/completion.ts";
import { chatCompletion, ephemeralChatCompletion } from "./chat-completion/data-source.ts";
import { chatCompletionMessages } from "./chat-completion/messages.ts";
import { keptCompletion } from "./chat-completion/resource.ts";
import { configure } from "./configure.ts";
import { batchRequest } from "./functions/batch-request.ts";
import { idKind } from "./functions/id-kind.ts";
import { jsonlDecode } from "./functions/jsonl-decode.ts";
import { jsonlEncode } from "./functions/jsonl-encode.ts";
import { messageText } from "./functions/message-text.ts";
import { responseText } from "./functions/response-text.ts";
import { trainingExample } from "./functions/training-example.ts";
import { batchResults } from "./objects/batch-results.ts";
import { apiObjects } from "./objects/index.ts";
import type { OpenAIProvider } from "./openai-provider.ts";
import { type ProviderAttributes, providerDeclaration } from "./provider-arguments.ts";

/**
 * The provider with all of its objects loaded and checked, and with the environment that its arguments fall back to.
 *
 * @param secrets Gets the secrets that clients are made with.
 * @param clock For the waits of requests; unset means the system's.
 */
export function openai(
  env: NodeJS.ProcessEnv,
  secrets: Set<string> = new Set(),
  clock?: Clock,
): Provider<OpenAIProvider> {
  return provider<ProviderAttributes, OpenAIProvider>({
    ...providerDeclaration,
    dataSources: [
      chatCompletion,
      ...completion.dataSources,
      chatCompletionMessages,
      ...apiObjects.flatMap(({ dataSources }) => dataSources),
      batchResults,
    ],
    resources: [...keptCompletion.resources, ...apiObjects.flatMap(({ resources }) => resources)],
    listResources: [
      ...keptCompletion.listResources,
      ...apiObjects.flatMap(({ listResources }) => listResources),
    ],
    ephemeralResources: [
      ephemeralChatCompletion,
      ...apiObjects.flatMap(({ ephemeralResources }) => ephemeralResources),
    ],
    actions: [
      chatCompletionDelete,
      chatCompletionTag,
      externalKeyValidate,
      externalStorageValidate,
      fileDeleteUnused,
    ],
    functions: [trainingExample, messageText, responseText, jsonlEncode, jsonlDecode, batchRequest, idKind],
    validate: ({ config, diagnostics }) => validateProviderConfig(config, diagnostics),
    configure: (request) => configure(request, env, secrets, clock),
  });
}
