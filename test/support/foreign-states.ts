import type { OpenAIServer } from "./openai-server/server.ts";
import type { Given } from "./provider-session.ts";

/*
 * States as other providers write them, made up here by the shapes of their schemas, and the configurations that say the
 * same to this provider.
 */

/** A state of another provider's. */
export interface ForeignCase {
  readonly what: string;
  /** The end of its address. */
  readonly provider: string;
  /** The resource's type there. */
  readonly type: string;
  /** The resource's type here. */
  readonly target: string;
  /** Of its schema there; unset means 0. */
  readonly version?: number;
  /** Puts what the state is of into the API. Undefined: the API does not have it, and a plan warns of that. */
  readonly object?: (server: OpenAIServer) => void;
  readonly state: Given;
  /** What says the same here. */
  readonly config: Given;
  /** Arguments that only the configuration knows: the first plan adopts them, in state alone. */
  readonly adopts?: readonly string[];
  /** Values that the state has at once, and after a read. */
  readonly holds?: Given;
  /** Whether the shape is one of the outside data's. */
  readonly current: boolean;
}

const mkdev = "mkdev-me/openai";
const completion = { provider: mkdev, type: "openai_chat_completion", target: "openai_chat_completion" };

/** What mkdev-me/openai's 1.x, built with an SDK of Terraform's older kind, writes for what nobody has set. */
export const unsetInSdk = {
  _imported_resource: null,
  frequency_penalty: 0,
  function_call: null,
  functions: [],
  imported: false,
  logit_bias: null,
  max_tokens: null,
  metadata: null,
  n: 1,
  object: "chat.completion",
  presence_penalty: 0,
  project_id: null,
  stop: null,
  store: false,
  stream: false,
  temperature: 1,
  top_p: 1,
  user: null,
};

/** The same of its 2.x, built with terraform-plugin-framework. */
const unset = {
  ...unsetInSdk,
  frequency_penalty: null,
  functions: null,
  imported: null,
  n: null,
  presence_penalty: null,
  store: null,
  stream: null,
  temperature: null,
  tool_choice: null,
  tools: null,
  top_p: null,
};

const answer = (content: string, more: Given = {}) => [
  {
    finish_reason: "stop",
    index: 0,
    message: [{ content, function_call: [], role: "assistant" }],
    ...more,
  },
];
const usage = { completion_tokens: 9, prompt_tokens: 18, total_tokens: 27 };
const sdkMessage = { function_call: [], name: "" };
const message = { function_call: null, name: null, tool_calls: null };

const weather = JSON.stringify({ type: "object", properties: { city: { type: "string" } } });
const tool = {
  type: "function",
  function: { name: "get_weather", description: "Reports the weather.", parameters_json: weather },
};

const completions: readonly ForeignCase[] = [
  {
    ...completion,
    what: "a completion of 1.x that was never stored, with defaults for what was left out",
    current: false,
    state: {
      ...unsetInSdk,
      id: "chatcmpl-unstored",
      chat_completion_id: "chatcmpl-unstored",
      created: 1738962000,
      model: "gpt-4o-mini",
      model_used: "gpt-4o-mini-2024-07-18",
      messages: [
        { ...sdkMessage, role: "system", content: "Be brief." },
        { ...sdkMessage, role: "user", content: "Hello" },
      ],
      choices: answer("Hello. How can I help?"),
      usage,
    },
    config: {
      model: "gpt-4o-mini",
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "Hello" },
      ],
    },
    holds: {
      "choices.0.message.0.content": "Hello. How can I help?",
      "stored.model": "gpt-4o-mini-2024-07-18",
      "usage.total_tokens": 27,
      n: null,
      temperature: null,
      store: null,
    },
  },
  {
    ...completion,
    what: "a stored completion of 1.x with functions",
    current: false,
    object: (server) =>
      server.control.seed({
        id: "chatcmpl-functions",
        content: null,
        view: { metadata: { team: "docs" } },
      }),
    state: {
      ...unsetInSdk,
      id: "chatcmpl-functions",
      chat_completion_id: "chatcmpl-functions",
      created: 1738962000,
      model: "gpt-4o-mini",
      model_used: "gpt-4o-mini-2024-07-18",
      messages: [{ ...sdkMessage, role: "user", content: "What is the weather?" }],
      functions: [{ name: "get_weather", description: "Reports the weather.", parameters: weather }],
      function_call: '{"name": "get_weather"}',
      temperature: 0.2,
      max_tokens: 100,
      store: true,
      metadata: { team: "docs" },
      // Its null content is "" there.
      choices: answer("", {
        finish_reason: "function_call",
        message: [
          {
            content: "",
            function_call: [{ name: "get_weather", arguments: '{"city":"Rome"}' }],
            role: "assistant",
          },
        ],
      }),
      usage: { completion_tokens: 0, prompt_tokens: 0, total_tokens: 0 },
    },
    config: {
      model: "gpt-4o-mini",
      messages: [{ role: "user", content: "What is the weather?" }],
      tools: [tool],
      tool_choice: '{"type":"function","function":{"name":"get_weather"}}',
      temperature: 0.2,
      max_tokens: 100,
      store: true,
      metadata: { team: "docs" },
    },
    holds: { "choices.0.message.0.content": null, "usage.total_tokens": 27 },
  },
  {
    ...completion,
    what: "a stored completion of 2.x with tools and tool calls",
    current: true,
    object: (server) => server.control.seed({ id: "chatcmpl-tools", content: "It is sunny." }),
    state: {
      ...unset,
      id: "chatcmpl-tools",
      chat_completion_id: "chatcmpl-tools",
      created: 1738962000,
      model: "gpt-4o-mini",
      model_used: "gpt-4o-mini-2024-07-18",
      messages: [
        { ...message, role: "user", content: "What is the weather?", name: "ada" },
        {
          ...message,
          role: "assistant",
          content: "",
          tool_calls: [
            { id: "call_1", type: "function", function: [{ name: "get_weather", arguments: "{}" }] },
          ],
        },
        { ...message, role: "user", content: "Go on." },
      ],
      tools: [
        {
          type: "function",
          function: [{ name: "get_weather", description: "Reports the weather.", parameters: weather }],
        },
      ],
      tool_choice: "auto",
      n: 1,
      temperature: 0,
      stop: ["END"],
      logit_bias: { "50256": -1.5 },
      store: true,
      user: "ada",
      choices: answer("It is sunny."),
      usage,
    },
    config: {
      model: "gpt-4o-mini",
      messages: [
        { role: "user", content: "What is the weather?", name: "ada" },
        {
          role: "assistant",
          tool_calls: [
            { id: "call_1", type: "function", function: { name: "get_weather", arguments: "{}" } },
          ],
        },
        { role: "user", content: "Go on." },
      ],
      tools: [tool],
      tool_choice: "auto",
      temperature: 0,
      stop: ["END"],
      logit_bias: { "50256": -1.5 },
      store: true,
      user: "ada",
    },
    holds: { temperature: 0, n: null },
  },
  {
    ...completion,
    what: "a completion that 1.x had imported, of which it knew no messages",
    current: false,
    object: (server) => server.control.seed({ id: "chatcmpl-imported" }),
    state: {
      ...unsetInSdk,
      _imported_resource: "true",
      imported: true,
      id: "chatcmpl-imported",
      chat_completion_id: "",
      created: 1738962000,
      model: "gpt-4o-mini-2024-07-18",
      model_used: "gpt-4o-mini-2024-07-18",
      messages: [],
      choices: answer("Hello, Terraform."),
      usage,
    },
    config: { model: "gpt-4o-mini", messages: [{ role: "user", content: "Say hello to Terraform." }] },
    adopts: ["model", "messages"],
  },
];

const files: readonly ForeignCase[] = [
  {
    provider: mkdev,
    type: "openai_file",
    target: "openai_file",
    what: "a file",
    current: true,
    object: (server) =>
      void server.control.addObject("files", { id: "file-mkdev", filename: "notes.txt", bytes: 9 }),
    state: {
      id: "file-mkdev",
      file: "./notes.txt",
      purpose: "user_data",
      filename: "notes.txt",
      bytes: 9,
      created_at: 1795700000,
      project_id: null,
    },
    config: { path: "./notes.txt", purpose: "user_data" },
    // What was uploaded is not known.
    adopts: ["content_sha256"],
  },
  {
    provider: mkdev,
    type: "openai_batch",
    target: "openai_batch",
    what: "a batch",
    current: true,
    object: (server) =>
      void server.control.addObject("batches", {
        id: "batch_mkdev",
        input_file_id: "file-input",
        endpoint: "/v1/chat/completions",
        metadata: { team: "docs" },
      }),
    state: {
      id: "batch_mkdev",
      input_file_id: "file-input",
      endpoint: "/v1/chat/completions",
      completion_window: "24h",
      metadata: { team: "docs" },
      status: "in_progress",
      error: null,
      errors: { object: "list", data: [{ code: "x", line: 1, message: "y", param: null }] },
      output_file_id: null,
      error_file_id: null,
      request_counts: { total: 3, completed: 1, failed: 0 },
      created_at: 1795700000,
      in_progress_at: null,
      finalizing_at: null,
      completed_at: null,
      expires_at: 1795786400,
      expired_at: null,
      failed_at: null,
      cancelling_at: null,
      cancelled_at: null,
    },
    config: {
      input_file_id: "file-input",
      endpoint: "/v1/chat/completions",
      metadata: { team: "docs" },
    },
    holds: { status: "completed", errors: null },
  },
  {
    provider: mkdev,
    type: "openai_batch",
    target: "openai_batch",
    what: "a batch of 1.x",
    current: false,
    object: (server) =>
      void server.control.addObject("batches", { id: "batch_sdk", input_file_id: "file-input" }),
    state: {
      id: "batch_sdk",
      input_file_id: "file-input",
      endpoint: "/v1/responses",
      completion_window: "24h",
      metadata: null,
      project_id: null,
      status: "validating",
      error: "",
      output_file_id: "",
      created_at: 1795700000,
      expires_at: 1795786400,
    },
    config: { input_file_id: "file-input", endpoint: "/v1/responses" },
    holds: { status: "completed", output_file_id: null },
  },
];

const store = { provider: mkdev, type: "openai_vector_store", target: "openai_vector_store" };
const counts = { cancelled: 0, completed: 2, failed: 0, in_progress: 0, total: 2 };
const chunks = { max_chunk_size_tokens: 400, chunk_overlap_tokens: 100 };
const chunking = JSON.stringify({ type: "static", static: chunks });
const inStore = "vector_stores/{vector_store_id}/files";

function addToStore(server: OpenAIServer, path: string, members: Given): void {
  const { id } = server.control.addObject("vector_stores", { id: "vs_docs" });
  server.control.addObject(path, members, { vector_store_id: id });
}

const vectorStores: readonly ForeignCase[] = [
  {
    ...store,
    what: "a vector store",
    current: true,
    object: (server) =>
      void server.control.addObject("vector_stores", {
        id: "vs_mkdev",
        name: "handbook",
        expires_after: { anchor: "last_active_at", days: 7 },
        metadata: { team: "docs" },
      }),
    state: {
      id: "vs_mkdev",
      name: "handbook",
      file_ids: ["file-2", "file-1"],
      metadata: { team: "docs" },
      expires_after: { anchor: "last_active_at", days: 7 },
      chunking_strategy: { type: "static", ...chunks },
      created_at: 1795700100,
      file_counts: counts,
      object: "vector_store",
      status: "completed",
      usage_bytes: 10,
    },
    config: {
      name: "handbook",
      file_ids: ["file-2", "file-1"],
      metadata: { team: "docs" },
      expires_after: { anchor: "last_active_at", days: 7 },
      chunking_strategy_json: chunking,
    },
    holds: { chunking_strategy_json: chunking },
  },
  {
    ...store,
    what: "a vector store of 1.x",
    current: false,
    object: (server) =>
      void server.control.addObject("vector_stores", {
        id: "vs_sdk",
        name: "handbook",
        expires_after: { anchor: "last_active_at", days: 7 },
      }),
    state: {
      id: "vs_sdk",
      name: "handbook",
      file_ids: null,
      metadata: null,
      expires_after: [{ anchor: "last_active_at", days: 7 }],
      chunking_strategy: [{ type: "auto" }],
      created_at: 1795700100,
      file_count: 2,
      object: "vector_store",
      status: "completed",
    },
    config: {
      name: "handbook",
      expires_after: { anchor: "last_active_at", days: 7 },
      chunking_strategy_json: '{"type":"auto"}',
    },
  },
  {
    provider: mkdev,
    type: "openai_vector_store_file",
    target: "openai_vector_store_file",
    what: "a file of a vector store",
    current: true,
    object: (server) => addToStore(server, inStore, { id: "file-mkdev" }),
    state: {
      id: "file-mkdev",
      vector_store_id: "vs_docs",
      file_id: "file-mkdev",
      chunking_strategy: [],
      created_at: 1795700200,
      last_error: null,
      object: "vector_store.file",
      status: "completed",
      usage_bytes: 4096,
    },
    config: { vector_store_id: "vs_docs", file_id: "file-mkdev" },
  },
  {
    provider: mkdev,
    type: "openai_vector_store_file",
    target: "openai_vector_store_file",
    what: "a file of a vector store of 1.x, with attributes",
    current: false,
    object: (server) => addToStore(server, inStore, { id: "file-sdk", attributes: { team: "docs" } }),
    state: {
      id: "file-sdk",
      vector_store_id: "vs_docs",
      file_id: "file-sdk",
      attributes: { team: "docs" },
      chunking_strategy: [{ type: "auto", size: 0, max_tokens: 0 }],
      created_at: 1795700200,
      object: "vector_store.file",
      status: "completed",
    },
    config: {
      vector_store_id: "vs_docs",
      file_id: "file-sdk",
      attributes_json: '{"team":"docs"}',
      chunking_strategy_json: '{"type":"auto"}',
    },
    holds: { attributes_json: '{"team":"docs"}' },
  },
  {
    provider: mkdev,
    type: "openai_vector_store_file_batch",
    target: "openai_vector_store_file_batch",
    what: "a batch of files of a vector store",
    current: true,
    object: (server) =>
      addToStore(server, "vector_stores/{vector_store_id}/file_batches", { id: "vsfb_mkdev" }),
    state: {
      id: "vsfb_mkdev",
      vector_store_id: "vs_docs",
      file_ids: ["file-2", "file-1"],
      chunking_strategy: [{ type: "static", ...chunks }],
      created_at: 1795700300,
      file_counts: counts,
      object: "vector_store.file_batch",
      status: "completed",
    },
    config: {
      vector_store_id: "vs_docs",
      file_ids: ["file-1", "file-2"],
      chunking_strategy_json: chunking,
    },
  },
];

/** What 2.x writes for what nobody has set. */
const unsetResponse = {
  conversation_id: null,
  include: null,
  instructions: null,
  max_output_tokens: null,
  max_tool_calls: null,
  metadata: null,
  parallel_tool_calls: true,
  previous_response_id: null,
  prompt: null,
  reasoning_effort: null,
  response_format: null,
  temperature: null,
  tool_choice: null,
  tools: null,
  top_logprobs: null,
  top_p: null,
  truncation: null,
};

const responses: readonly ForeignCase[] = [
  {
    provider: mkdev,
    type: "openai_response",
    target: "openai_response",
    what: "a stored response",
    current: true,
    object: (server) =>
      void server.control.addObject("responses", { id: "resp_mkdev", metadata: { team: "docs" } }),
    state: {
      ...unsetResponse,
      id: "resp_mkdev",
      model: "gpt-6-luna",
      input: "Summarise the release notes.",
      instructions: "Be brief.",
      max_output_tokens: 100,
      metadata: { team: "docs" },
      reasoning_effort: "low",
      temperature: 0.2,
      response_format: "json_object",
      tools: [
        { type: "function", function: { name: "get_weather", description: null, parameters: weather } },
      ],
      content: "Faster.",
      created_at: 1795700000,
      output: [{ type: "message", content: "Faster." }],
    },
    config: {
      model: "gpt-6-luna",
      input: "Summarise the release notes.",
      instructions: "Be brief.",
      max_output_tokens: 100,
      metadata: { team: "docs" },
      reasoning: { effort: "low" },
      temperature: 0.2,
      text: { format_json: '{"type":"json_object"}' },
      tools_json: '[{"type":"function","name":"get_weather"}]',
    },
    // Its forms of them are not those of the API.
    adopts: ["text", "tools_json"],
  },
  {
    provider: mkdev,
    type: "openai_response",
    target: "openai_response",
    what: "a response that the API does not have",
    current: true,
    state: {
      ...unsetResponse,
      id: "resp_gone",
      model: "gpt-6-luna",
      input: "Hello",
      content: "Hello. How can I help?",
      created_at: 1795700000,
      output: [{ type: "message", content: "Hello. How can I help?" }],
    },
    config: { model: "gpt-6-luna", input: "Hello" },
    holds: { output_text: "Hello. How can I help?", created_at: 1795700000 },
  },
  {
    provider: mkdev,
    type: "openai_model_response",
    target: "openai_response",
    what: "a response of 1.x, with what it sent where nothing was given",
    current: false,
    object: (server) => void server.control.addObject("responses", { id: "resp_sdk" }),
    state: {
      _imported_resource: null,
      created: 1795700000,
      finish_reason: "",
      frequency_penalty: null,
      id: "resp_sdk",
      imported: false,
      include: null,
      input: "Hello",
      instructions: "",
      max_output_tokens: null,
      model: "gpt-6-luna",
      object: "response",
      output: { text: "Hello." },
      presence_penalty: null,
      preserve_on_change: false,
      stop_sequences: null,
      temperature: 0.7,
      top_k: null,
      top_p: 1,
      usage: { input_tokens: "3", output_tokens: "2", total_tokens: "5" },
      user: null,
    },
    config: { model: "gpt-6-luna", input: "Hello" },
  },
];

export const foreignCases: readonly ForeignCase[] = [...completions, ...responses, ...files, ...vectorStores];
