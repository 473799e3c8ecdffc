import { list, map, nested, notBlank, object, oneOf, string, types } from "../../framework/index.ts";
import { notEmpty } from "../argument-validators.ts";

/** Who may have written a message of a request. */
export const roles = ["developer", "system", "user", "assistant", "tool", "function"] as const;

/** What a part of a message's content may be: the member of the part that holds it has the same name. */
export const partTypes = ["text", "image_url", "input_audio", "file"] as const;

/**
 * The nested attributes of `messages`, and of `messages_wo`, where every one of them is write-only:
 * OpenTofu demands it.
 */
export function messageKind(writeOnly: boolean) {
  const wo = { writeOnly } as const;
  const imageUrl = nested({
    url: string({
      ...wo,
      required: true,
      validate: [notBlank()],
      description: "The URL of the image, or the image itself as a `data:` URL.",
    }),
    detail: string({
      ...wo,
      optional: true,
      validate: [notBlank()],
      description: "How closely the model looks: `auto`, `low` or `high`. Left out, the API decides.",
    }),
  });
  const inputAudio = nested({
    data: string({
      ...wo,
      required: true,
      validate: [notBlank()],
      description: "The audio, Base64-encoded: `filebase64(…)`.",
    }),
    format: string({
      ...wo,
      required: true,
      validate: [notBlank()],
      description: "The format of the audio: `wav` or `mp3`.",
    }),
  });
  const file = nested({
    file_id: string({
      ...wo,
      optional: true,
      validate: [notBlank()],
      description: "The ID of an uploaded file.",
    }),
    filename: string({
      ...wo,
      optional: true,
      validate: [notBlank()],
      description: "The name of the file, where `file_data` holds it.",
    }),
    file_data: string({
      ...wo,
      optional: true,
      validate: [notBlank()],
      description: "The file itself, as a Base64-encoded `data:` URL.",
    }),
  });
  const part = nested({
    type: string({
      ...wo,
      required: true,
      validate: [oneOf(...partTypes)],
      description: "What the part is: `text`, `image_url`, `input_audio` or `file`.",
    }),
    text: string({ ...wo, optional: true, description: "The text, where `type` is `text`." }),
    image_url: object(imageUrl, {
      ...wo,
      optional: true,
      description: "The image, where `type` is `image_url`.",
    }),
    input_audio: object(inputAudio, {
      ...wo,
      optional: true,
      description: "The audio, where `type` is `input_audio`.",
    }),
    file: object(file, { ...wo, optional: true, description: "The file, where `type` is `file`." }),
  });
  return nested({
    role: string({
      ...wo,
      required: true,
      validate: [oneOf(...roles)],
      description:
        "Who wrote the message: `developer`, `system`, `user`, `assistant`, `tool`, or the older `function`.",
    }),
    content: string({ ...wo, optional: true, description: "The text of the message." }),
    content_parts: list(part, {
      ...wo,
      optional: true,
      validate: [notEmpty()],
      description:
        "The content in parts, instead of `content`: texts, images, audio and files in their order.",
    }),
    name: string({
      ...wo,
      optional: true,
      validate: [notBlank()],
      description: "The name of the author, where several share a role.",
    }),
    refusal: string({ ...wo, optional: true, description: "The refusal that the assistant answered with." }),
    tool_call_id: string({
      ...wo,
      optional: true,
      validate: [notBlank()],
      description: "The ID of the tool call that a message of the role `tool` answers.",
    }),
    tool_calls: list(toolCallKind(writeOnly), {
      ...wo,
      optional: true,
      validate: [notEmpty()],
      description: "The tool calls that the assistant asked for.",
    }),
    function_call: map(types.string, {
      ...wo,
      optional: true,
      refused: '"function_call" is what the API had before tools, and is not supported. Use "tool_calls".',
      description: "Refused, with a hint at `tool_calls`.",
    }),
    audio: map(types.string, {
      ...wo,
      optional: true,
      refused: 'A message cannot refer to an earlier answer in audio. Give its transcript as "content".',
      description: "Refused, with a hint at `content`.",
    }),
  });
}

function toolCallKind(writeOnly: boolean) {
  const wo = { writeOnly } as const;
  const functionCall = nested({
    name: string({ ...wo, required: true, validate: [notBlank()], description: "The name of the function." }),
    arguments: string({
      ...wo,
      required: true,
      description: "The arguments that the model wrote, as JSON text.",
    }),
  });
  const custom = nested({
    name: string({ ...wo, required: true, validate: [notBlank()], description: "The name of the tool." }),
    input: string({ ...wo, required: true, description: "The input that the model wrote." }),
  });
  return nested({
    id: string({ ...wo, required: true, validate: [notBlank()], description: "The ID of the tool call." }),
    type: string({
      ...wo,
      required: true,
      validate: [oneOf("function", "custom")],
      description: "What is called: `function` or `custom`.",
    }),
    function: object(functionCall, {
      ...wo,
      optional: true,
      description: "The function, where `type` is `function`.",
    }),
    custom: object(custom, {
      ...wo,
      optional: true,
      description: "The custom tool, where `type` is `custom`.",
    }),
  });
}
