import conversation from "../../samples/conversation.json";
import response from "../../samples/response.json";
import { APIError } from "../errors.ts";
import { isArray, isObject, type JsonObject } from "../json.ts";
import { beginResponse, finishResponse, inputItems, missingStore } from "./answer-response.ts";
import type { Made, ObjectKind } from "./object-kind.ts";

/** The items that a conversation begins with; text stands for one part of a message. */
function itemsOfConversation(conversation: Readonly<Record<string, unknown>>, { items }: JsonObject): Made[] {
  return (isArray(items) ? items : []).filter(isObject).map((item, index) => {
    const content =
      typeof item.content === "string" ? [{ type: "input_text", text: item.content }] : item.content;
    return {
      path: "conversations/{conversation_id}/items",
      parents: { conversation_id: String(conversation.id) },
      members: {
        type: "message",
        status: "completed",
        ...item,
        content,
        id: `msg_${conversation.id}_${index}`,
      },
    };
  });
}

const responseParameters = [
  "access_programs",
  "background",
  "context_management",
  "conversation",
  "image",
  "include",
  "input",
  "instructions",
  "max_output_tokens",
  "max_tool_calls",
  "model",
  "moderation",
  "parallel_tool_calls",
  "previous_response_id",
  "prompt",
  "prompt_cache_key",
  "prompt_cache_options",
  "prompt_cache_retention",
  "reasoning",
  "safety_identifier",
  "service_tier",
  "store",
  "stream",
  "temperature",
  "text",
  "tool_choice",
  "tools",
  "top_logprobs",
  "top_p",
  "truncation",
  "user",
] as const;

/** Responses and conversations, and their items. */
export const responseKinds: readonly ObjectKind[] = [
  {
    path: "conversations",
    sample: conversation,
    id: { prefix: "conv_" },
    missing: { message: "Conversation with id '{id}' not found." },
    create: { parameters: ["items", "metadata"] },
    update: ["metadata"],
    delete: { object: "conversation.deleted" },
    makes: itemsOfConversation,
  },
  {
    path: "conversations/{conversation_id}/items",
    sample: { object: "item" },
    id: { prefix: "msg_" },
    missing: { message: "Item with id '{id}' not found in conversation '{conversation_id}'." },
  },
  {
    path: "responses",
    sample: response,
    id: { prefix: "resp_" },
    missing: { message: "Response with id '{id}' not found." },
    create: {
      parameters: [...responseParameters, "metadata"],
      required: ["model"],
    },
    delete: { object: "response.deleted" },
    progress: { member: "status", from: "queued", to: "completed" },
    refuses(parameters, objects) {
      const store = missingStore(parameters, objects);
      return store === undefined
        ? undefined
        : new APIError(404, `Vector store with id '${store}' not found.`);
    },
    created: (object, parameters, _above, objects) => beginResponse(object, parameters, objects),
    finished: finishResponse,
    makes: inputItems,
    actions: {
      cancel({ body }) {
        if (body.background !== true)
          return new APIError(400, "Cannot cancel a synchronous response.", { param: "response_id" });
        if (["queued", "in_progress"].includes(String(body.status))) body.status = "cancelled";
        return undefined;
      },
    },
  },
  {
    path: "responses/{response_id}/input_items",
    sample: {},
    bare: true,
    id: { prefix: "msg_" },
    missing: { message: "Item with id '{id}' not found." },
  },
];
