import type { StoredCompletion } from "./completion.ts";
import { isArray, isObject, type Json, type JsonObject } from "./json.ts";
import { messageText } from "./triggers.ts";

/** The completion's input messages as the API lists them; the assistant's answer is not among them. */
export function inputMessages(completion: StoredCompletion): JsonObject[] {
  return completion.messages.map((message, index) => {
    const parts = isArray(message.content) ? message.content : undefined;
    return {
      id: `${completion.id}-${index}`,
      role: message.role,
      content: parts === undefined ? (message.content ?? null) : messageText(message),
      content_parts: parts === undefined ? null : parts.map(storedPart),
      name: message.name ?? null,
    };
  });
}

/** A part with all five keys, those of other types null. */
function storedPart(part: Json): Json {
  if (!isObject(part)) return part;
  const image = part.image_url;
  return {
    type: part.type,
    text: part.text ?? null,
    image_url: isObject(image) ? { url: image.url, detail: image.detail ?? null } : null,
    input_audio: part.input_audio ?? null,
    file: part.file ?? null,
  };
}
