import { bool, integer, isUnknown, list, nested, oneOf, string } from "../../framework/index.ts";
import {
  apiKeyArgument,
  checkWait,
  completionIdArgument,
  readTimeouts,
  timeoutOf,
  waitTimeoutArgument,
} from "../chat-completion/arguments.ts";
import { count } from "../chat-completions/filters.ts";
import { dataSource } from "../define.ts";
import { parseDuration } from "../duration.ts";
import { identifier } from "../identifier.ts";
import { inputMessageAttributes } from "./attributes.ts";
import { readMessages } from "./read.ts";

export const chatCompletionMessages = dataSource({
  name: "openai_chat_completion_messages",
  description:
    "Reads the input messages of a stored chat completion: what the model was asked, all pages of it. The answer is not " +
    "among them.",
  attributes: {
    completion_id: completionIdArgument,
    order: string({
      optional: true,
      validate: [oneOf("asc", "desc")],
      description:
        "`asc`, the order of the conversation, or `desc`. Left out means `asc`. It is always sent, so that the API's own " +
        "default does not matter.",
    }),
    limit: integer({
      optional: true,
      validate: [count("messages")],
      description:
        "How many messages to read in all, however many pages that takes. Left out means all there are.",
    }),
    wait_timeout: waitTimeoutArgument,
    api_key: apiKeyArgument("data source"),
    timeouts: readTimeouts,
    id: string({
      computed: true,
      description:
        "A unique identifier for this data source (not the completion ID): a hash of where the messages were read, of the " +
        "completion's ID, of the order and of the limit.",
    }),
    has_more: bool({
      computed: true,
      description: "Whether the API has more messages than `limit` allowed to read.",
    }),
    messages: list(nested(inputMessageAttributes), {
      computed: true,
      description: "The messages of the request.",
    }),
    messages_json: string({
      computed: true,
      description:
        "The messages as JSON text, as received, for `jsondecode`: fields that have no attribute here are in it.",
    }),
  },

  validate({ config, diagnostics }) {
    const { wait_timeout: wait, timeouts } = config;
    if (isUnknown(timeouts)) return;
    checkWait(wait, timeouts?.read, { operation: "read", diagnostics });
  },

  async read({ config, provider, diagnostics, signal, log }) {
    const access = provider.access(config.api_key, { diagnostics, log });
    if (access === undefined) return diagnostics;
    const order = config.order === "desc" ? "desc" : "asc";
    const timeoutMs = timeoutOf(config.timeouts?.read);
    const waitMs = parseDuration(config.wait_timeout ?? "0") ?? 0;
    const { limit } = config;
    const found = await readMessages(
      { access, completionId: config.completion_id },
      { order, limit },
      { timeoutMs, waitMs, signal, log },
      diagnostics,
    );
    if (found === undefined) return diagnostics;
    return {
      ...config,
      id: identifier(access.origin, config.completion_id, "messages", order, ...limited(limit)),
      has_more: found.hasMore,
      messages: found.messages,
      messages_json: found.text,
    };
  },
});

/** Nothing for all messages, whose ID is what it was before there was a limit. */
function limited(limit: number | null): string[] {
  return limit === null ? [] : [String(limit)];
}
