import type { Problem, Validator } from "../../framework/index.ts";
import { isJsonArray } from "../../openai/index.ts";
import { metadata, objectType, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { jsonList, wired } from "../api/wire.ts";
import { parseJsonArgument } from "../json-argument.ts";

const mostItems = 20;

function itemLimit(): Validator<string> {
  return {
    description: `must have at most ${mostItems} items`,
    validate(text): Problem | undefined {
      const items = parseJsonArgument(text);
      if (items === undefined || !isJsonArray(items) || items.length <= mostItems) return undefined;
      const detail = `A conversation begins with at most ${mostItems} items. Responses add more to it.`;
      return { detail, given: `${items.length} items` };
    },
  };
}

/** A conversation, to which responses add what was asked and answered. */
export const conversation = apiObject({
  name: "openai_conversation",
  noun: "conversation",
  subcategory: "Conversations",
  path: "conversations",
  id: "conv_abc123",
  attributes: {
    items_json: wired(
      jsonList({
        optional: true,
        validate: [itemLimit()],
        description:
          "The items that the conversation begins with, at most 20, as JSON text of a list in the form of the Responses API, " +
          'for example `jsonencode([{ type = "message", role = "developer", content = "Answer briefly." }])`. State holds it. ' +
          "Another value is another conversation.",
      }),
      { sentOnly: true },
    ),
    metadata: metadata(),
    object: objectType("conversation"),
    created_at: timestamp("of its creation"),
  },
  topic: {
    lost:
      "The request was sent and may have been carried out, so it was not sent again. The API has no list of conversations: " +
      "one that was created all the same can only be found at https://platform.openai.com/logs, and imported by its ID. " +
      "The next apply creates another one.",
  },
  resource: {
    description:
      "Keeps a conversation. Destroying it leaves the items that responses have of their own where they are.",
    update: ["metadata"],
  },
  dataSource: { description: "Reads a conversation: when it was created, and its metadata." },
});
