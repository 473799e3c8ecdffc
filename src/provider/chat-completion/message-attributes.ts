import {
  type Attribute,
  type Attributes,
  list,
  map,
  nested,
  notBlank,
  object,
  oneOf,
  string,
  types,
} from "../../framework/index.ts";
import { computedAttributes, text } from "../api/arguments.ts";
import type { Body } from "../api/body.ts";
import { readObjectPieces, wired } from "../api/wire.ts";
import { notEmpty } from "../argument-validators.ts";
import { contentText } from "./completion-attributes.ts";

/** What a part of a message's content may be: the member of the part that holds it has the same name. */
export const partTypes = ["text", "image_url", "input_audio", "file"] as const;

const required = { required: true, validate: [notBlank()] } as const;
const optional = { optional: true, validate: [notBlank()] } as const;

const imageUrl = nested({
  url: string({
    ...required,
    description: "The URL of the image, or the image itself as a `data:` URL.",
  }),
  detail: string({
    ...optional,
    description: "How closely the model looks: `auto`, `low` or `high`. Left out, the API decides.",
  }),
});

const inputAudio = nested({
  data: string({ ...required, description: "The audio, Base64-encoded: `filebase64(…)`." }),
  format: string({ ...required, description: "The format of the audio: `wav` or `mp3`." }),
});

const file = nested({
  file_id: string({ ...optional, description: "The ID of an uploaded file." }),
  filename: string({ ...optional, description: "The name of the file, where `file_data` holds it." }),
  file_data: string({ ...optional, description: "The file itself, as a Base64-encoded `data:` URL." }),
});

const part = nested({
  type: string({
    required: true,
    validate: [oneOf(...partTypes)],
    description: "What the part is: `text`, `image_url`, `input_audio` or `file`.",
  }),
  text: string({ optional: true, description: "The text, where `type` is `text`." }),
  image_url: object(imageUrl, { optional: true, description: "The image, where `type` is `image_url`." }),
  input_audio: object(inputAudio, {
    optional: true,
    description: "The audio, where `type` is `input_audio`.",
  }),
  file: object(file, { optional: true, description: "The file, where `type` is `file`." }),
});

const toolCall = nested({
  id: string({ ...required, description: "The ID of the tool call." }),
  type: string({
    required: true,
    validate: [oneOf("function", "custom")],
    description: "What is called: `function` or `custom`.",
  }),
  function: object(
    nested({
      name: string({ ...required, description: "The name of the function." }),
      arguments: string({ required: true, description: "The arguments that the model wrote, as JSON text." }),
    }),
    { optional: true, description: "The function, where `type` is `function`." },
  ),
  custom: object(
    nested({
      name: string({ ...required, description: "The name of the tool." }),
      input: string({ required: true, description: "The input that the model wrote." }),
    }),
    { optional: true, description: "The custom tool, where `type` is `custom`." },
  ),
});

/** A message of a request, as the resource takes it. */
export const messageKind = nested({
  role: string({
    required: true,
    validate: [oneOf("developer", "system", "user", "assistant", "tool", "function")],
    description:
      "Who wrote the message: `developer`, `system`, `user`, `assistant`, `tool`, or the older `function`.",
  }),
  content: wired(string({ optional: true, description: "The text of the message." }), { read: contentText }),
  content_parts: wired(
    list(part, {
      optional: true,
      validate: [notEmpty()],
      description:
        "The content in parts, instead of `content`: texts, images, audio and files in their order.",
    }),
    { member: "content", readPieces: contentParts },
  ),
  name: string({ ...optional, description: "The name of the author, where several share a role." }),
  refusal: string({ optional: true, description: "The refusal that the assistant answered with." }),
  tool_call_id: string({
    ...optional,
    description: "The ID of the tool call that a message of the role `tool` answers.",
  }),
  tool_calls: list(toolCall, {
    optional: true,
    validate: [notEmpty()],
    description: "The tool calls that the assistant asked for.",
  }),
  function_call: map(types.string, {
    optional: true,
    refused: '"function_call" is what the API had before tools, and is not supported. Use "tool_calls".',
    description: "Refused, with a hint at `tool_calls`.",
  }),
  audio: map(types.string, {
    optional: true,
    refused: 'A message cannot refer to an earlier answer in audio. Give its transcript as "content".',
    description: "Refused, with a hint at `content`.",
  }),
});

/** OpenAI joins the parts' texts itself, and lists the parts beside; some gateways send them in `content`. */
function contentParts(message: Body) {
  const [parts, content] = [message.get("content_parts"), message.get("content")];
  return readObjectPieces(part, parts.isNull && content.isArray ? content : parts);
}

const { function_call: _call, audio: _audio, ...supported } = messageKind.attributes;
const stored = computedAttributes(supported);

function described<T extends Attribute>(attribute: T, description: string): T {
  return { ...attribute, description };
}

/** A message of a stored request, as the API lists it. */
export const storedMessageAttributes = {
  id: text("The ID of the message."),
  ...stored,
  content: described(
    stored.content,
    "The text of the message: where it has parts, the text of all of them, joined.",
  ),
  content_parts: described(
    stored.content_parts,
    "The parts of the content, where the request had parts. Null, and not an empty list, where the content was a text.",
  ),
  refusal: described(
    stored.refusal,
    "The refusal of an assistant's message. OpenAI does not store it; other APIs do.",
  ),
  tool_call_id: described(
    stored.tool_call_id,
    "The tool call that a tool's message answers. OpenAI does not store it; other APIs do.",
  ),
  tool_calls: described(
    stored.tool_calls,
    "The tool calls of an assistant's message; null where the API says nothing of them, as OpenAI's does.",
  ),
} satisfies Attributes;

interface TextPart {
  readonly type?: unknown;
  readonly text?: unknown;
}

/** The text of a content that is one part of text, which says the same as the text itself; else null. */
export function singleText(parts: readonly TextPart[]): string | null {
  const [part] = parts;
  if (parts.length !== 1 || part?.type !== "text") return null;
  return typeof part.text === "string" ? part.text : null;
}

/** Whether messages say the same to the model, in whichever of the two forms a text is written. */
export function sameMessages(written: unknown, stored: unknown): boolean {
  const [one, other] = [normal(written), normal(stored)];
  return covers(one, other) && covers(other, one);
}

/** Whether messages say what an import found, and more only where that is null. */
export function coversImportedMessages(written: unknown, imported: unknown): boolean {
  return written === null || covers(normal(written), normal(imported));
}

function covers(written: unknown, known: unknown): boolean {
  if (known === null) return true;
  if (Array.isArray(written) && Array.isArray(known))
    return written.length === known.length && known.every((each, index) => covers(written[index], each));
  if (Array.isArray(written) || Array.isArray(known) || !isObject(written) || !isObject(known))
    return written === known;
  return Object.keys(known).every((name) => covers(Reflect.get(written, name), Reflect.get(known, name)));
}

/** Messages with each text in its shortest form. */
function normal(messages: unknown): unknown {
  return Array.isArray(messages) ? messages.map(normalMessage) : messages;
}

function normalMessage(message: unknown): unknown {
  if (!isObject(message)) return message;
  const parts: unknown = Reflect.get(message, "content_parts");
  const text = Array.isArray(parts) ? singleText(parts) : null;
  if (text === null) return message;
  return { ...message, content: text, content_parts: null };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
