// Generated from the declarations of src/provider by `npm run generate`; do not edit.
import type { ObjectLoaders } from "../framework/index.ts";
import type { OpenAIProvider } from "./openai-provider.ts";

/** What loads each object, by its name. */
export const objectLoaders: ObjectLoaders<OpenAIProvider> = {
  dataSources: {
    openai_chat_completion: async () => (await import("./chat-completion/data-source.ts")).chatCompletion,
    openai_chat_completions: async () => (await import("./chat-completion/completion.ts")).completion.dataSources[0],
    openai_chat_completion_messages: async () => (await import("./chat-completion/messages.ts")).chatCompletionMessages,
    openai_model: async () => (await import("./objects/model.ts")).model.dataSources[0],
    openai_models: async () => (await import("./objects/model.ts")).model.dataSources[1],
    openai_file: async () => (await import("./objects/file.ts")).file.dataSources[0],
    openai_files: async () => (await import("./objects/file.ts")).file.dataSources[1],
    openai_file_content: async () => (await import("./objects/file.ts")).file.dataSources[2],
    openai_vector_store: async () => (await import("./objects/vector-store.ts")).vectorStore.dataSources[0],
    openai_vector_stores: async () => (await import("./objects/vector-store.ts")).vectorStore.dataSources[1],
    openai_vector_store_file: async () => (await import("./objects/vector-store-file.ts")).vectorStoreFile.dataSources[0],
    openai_vector_store_files: async () => (await import("./objects/vector-store-file.ts")).vectorStoreFile.dataSources[1],
    openai_vector_store_file_batch: async () => (await import("./objects/vector-store-file-batch.ts")).vectorStoreFileBatch.dataSources[0],
    openai_vector_store_search: async () => (await import("./objects/vector-store-search.ts")).vectorStoreSearch.dataSources[0],
    openai_batch: async () => (await import("./objects/batch.ts")).batch.dataSources[0],
    openai_batches: async () => (await import("./objects/batch.ts")).batch.dataSources[1],
    openai_container: async () => (await import("./objects/container.ts")).container.dataSources[0],
    openai_containers: async () => (await import("./objects/container.ts")).container.dataSources[1],
    openai_container_file: async () => (await import("./objects/container-file.ts")).containerFile.dataSources[0],
    openai_container_files: async () => (await import("./objects/container-file.ts")).containerFile.dataSources[1],
    openai_container_file_content: async () => (await import("./objects/container-file.ts")).containerFile.dataSources[2],
    openai_conversation: async () => (await import("./objects/conversation.ts")).conversation.dataSources[0],
    openai_conversation_item: async () => (await import("./objects/conversation-item.ts")).conversationItem.dataSources[0],
    openai_conversation_items: async () => (await import("./objects/conversation-item.ts")).conversationItem.dataSources[1],
    openai_batch_results: async () => (await import("./objects/batch-results.ts")).batchResults,
  },
  resources: {
    openai_chat_completion: async () => (await import("./chat-completion/resource.ts")).chatCompletionResource,
    openai_file: async () => (await import("./objects/file.ts")).file.resources[0],
    openai_vector_store: async () => (await import("./objects/vector-store.ts")).vectorStore.resources[0],
    openai_vector_store_file: async () => (await import("./objects/vector-store-file.ts")).vectorStoreFile.resources[0],
    openai_vector_store_file_batch: async () => (await import("./objects/vector-store-file-batch.ts")).vectorStoreFileBatch.resources[0],
    openai_batch: async () => (await import("./objects/batch.ts")).batch.resources[0],
    openai_container: async () => (await import("./objects/container.ts")).container.resources[0],
    openai_container_file: async () => (await import("./objects/container-file.ts")).containerFile.resources[0],
    openai_conversation: async () => (await import("./objects/conversation.ts")).conversation.resources[0],
  },
  ephemeralResources: {
    openai_chat_completion: async () => (await import("./chat-completion/data-source.ts")).ephemeralChatCompletion,
  },
  listResources: {
    openai_chat_completion: async () => (await import("./chat-completion/resource.ts")).chatCompletionListResource,
    openai_file: async () => (await import("./objects/file.ts")).file.listResources[0],
    openai_vector_store: async () => (await import("./objects/vector-store.ts")).vectorStore.listResources[0],
    openai_vector_store_file: async () => (await import("./objects/vector-store-file.ts")).vectorStoreFile.listResources[0],
    openai_batch: async () => (await import("./objects/batch.ts")).batch.listResources[0],
    openai_container: async () => (await import("./objects/container.ts")).container.listResources[0],
    openai_container_file: async () => (await import("./objects/container-file.ts")).containerFile.listResources[0],
  },
  actions: {
  },
  functions: {
    training_example: async () => (await import("./functions/training-example.ts")).trainingExample,
    message_text: async () => (await import("./functions/message-text.ts")).messageText,
    jsonl_encode: async () => (await import("./functions/jsonl-encode.ts")).jsonlEncode,
    jsonl_decode: async () => (await import("./functions/jsonl-decode.ts")).jsonlDecode,
    batch_request: async () => (await import("./functions/batch-request.ts")).batchRequest,
    id_kind: async () => (await import("./functions/id-kind.ts")).idKind,
  },
};
