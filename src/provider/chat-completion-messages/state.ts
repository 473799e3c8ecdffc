import type { State } from "../../framework/index.ts";
import type { Body } from "../api/body.ts";
import { joinedText } from "../chat-completion/state.ts";
import type { InputMessageAttributes } from "./attributes.ts";

export type InputMessage = State<InputMessageAttributes>;

/** Maps an input message to state. What the API leaves out or sends as null is null. */
export function inputMessageState(message: Body): InputMessage {
  const content = message.get("content");
  const parts = message.get("content_parts");
  return {
    id: message.get("id").string(),
    role: message.get("role").string(),
    // OpenAI joins the parts' texts itself, and lists the parts beside; some gateways send them in `content`.
    content: content.isArray ? joinedText(content) : content.string(),
    name: message.get("name").string(),
    content_parts: (parts.isNull && content.isArray ? content : parts).objects(partState),
    refusal: message.get("refusal").string(),
    tool_call_id: message.get("tool_call_id").string(),
    tool_calls: message.get("tool_calls").objects((call) => ({
      id: call.get("id").string(),
      type: call.get("type").string(),
      function: call.get("function").object((called) => ({
        name: called.get("name").string(),
        arguments: called.get("arguments").string(),
      })),
      custom: call.get("custom").object((called) => ({
        name: called.get("name").string(),
        input: called.get("input").string(),
      })),
    })),
  };
}

function partState(part: Body) {
  return {
    type: part.get("type").string(),
    text: part.get("text").string(),
    image_url: part.get("image_url").object((image) => ({
      url: image.get("url").string(),
      detail: image.get("detail").string(),
    })),
    input_audio: part.get("input_audio").object((audio) => ({
      data: audio.get("data").string(),
      format: audio.get("format").string(),
    })),
    file: part.get("file").object((file) => ({
      file_id: file.get("file_id").string(),
      filename: file.get("filename").string(),
      file_data: file.get("file_data").string(),
    })),
  };
}
