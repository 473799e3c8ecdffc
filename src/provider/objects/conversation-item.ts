import { idArgument } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { itemAttributes, itemFilters } from "./item-attributes.ts";

/** What a conversation consists of: messages, calls of tools and their outputs, reasoning and more. */
export const conversationItem = apiObject({
  name: "openai_conversation_item",
  noun: "conversation item",
  subcategory: "Conversations",
  path: "conversations/{conversation_id}/items",
  id: "msg_abc123",
  missing: ["the conversation was deleted"],
  attributes: {
    conversation_id: idArgument("The ID of the conversation, for example `conv_abc123`."),
    ...itemAttributes,
  },
  dataSource: { description: "Reads one item of a conversation." },
  list: {
    description:
      "Reads the items of a conversation: messages, calls of tools and their outputs, reasoning and more.",
    leaveOut: ["conversation_id"],
    filters: itemFilters,
  },
});
