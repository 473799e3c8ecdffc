import { type Attributes, isUnknown, list, nested } from "../../framework/index.ts";
import { apiKeyArgument, readTimeouts, text } from "../api/arguments.ts";
import { hasMoreAttribute, limitArgument } from "../api/list.ts";
import { orderArgument } from "../api/order.ts";
import { checkWait } from "../api/wait-timeout.ts";
import { dataSource } from "../define.ts";
import { completionArguments } from "./data-source.ts";
import { storedMessageAttributes } from "./message-attributes.ts";

const attributes = {
  ...completionArguments,
  order: orderArgument("asc", "`asc`, the order of the conversation, or `desc`."),
  limit: limitArgument("messages"),
  api_key: apiKeyArgument(),
  timeouts: readTimeouts,
  id: text(
    "A unique identifier for this data source (not the completion ID): a hash of where the messages were read, of the " +
      "completion's ID, of the order and of the limit.",
  ),
  has_more: hasMoreAttribute("messages"),
  messages: list(nested(storedMessageAttributes), {
    computed: true,
    description: "The messages of the request.",
  }),
  messages_json: text(
    "The messages as JSON text, as received, for `jsondecode`: fields that have no attribute here are in it.",
  ),
} satisfies Attributes;

export type MessagesAttributes = typeof attributes;

export const chatCompletionMessages = dataSource({
  name: "openai_chat_completion_messages",
  description:
    "Reads the input messages of a stored chat completion: what the model was asked, all pages of it. The answer is not " +
    "among them.",
  attributes,
  validate({ config, diagnostics }) {
    const { wait_timeout: wait, timeouts } = config;
    if (!isUnknown(timeouts)) checkWait(wait, timeouts?.read, "read", diagnostics);
  },
  async read(request) {
    const { readStoredMessages } = await import("./messages-read.ts");
    return readStoredMessages(request);
  },
});
