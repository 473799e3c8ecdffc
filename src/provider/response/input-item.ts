import { idArgument } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { itemAttributes, itemFilters } from "../objects/item-attributes.ts";

/** What a response was given: messages, outputs of tools, and what it goes on from. */
export const responseInputItem = apiObject({
  name: "openai_response_input_item",
  noun: "input item",
  subcategory: "Responses",
  path: "responses/{response_id}/input_items",
  id: "msg_abc123",
  missing: ["the response was deleted, or is older than 30 days"],
  attributes: {
    response_id: idArgument("The ID of the response, for example `resp_abc123`."),
    ...itemAttributes,
  },
  list: {
    description:
      "Reads the input items of a stored response: messages, outputs of tools and more, all pages of them.",
    leaveOut: ["response_id"],
    filters: itemFilters,
  },
});
