import { list, nested, object, string } from "../../framework/index.ts";

const imageUrl = nested({
  url: string({ computed: true, description: "The image's URL, or the image itself as a `data:` URL." }),
  detail: string({ computed: true, description: "The detail that was asked for: `auto`, `low` or `high`." }),
});

const inputAudio = nested({
  data: string({ computed: true, description: "The audio, Base64-encoded." }),
  format: string({ computed: true, description: "The audio's format: `wav` or `mp3`." }),
});

const file = nested({
  file_id: string({ computed: true, description: "The ID of an uploaded file." }),
  filename: string({ computed: true, description: "The file's name." }),
  file_data: string({ computed: true, description: "The file itself, Base64-encoded." }),
});

const contentPart = nested({
  type: string({
    computed: true,
    description: "`text`, `image_url`, `input_audio`, `file`, or what the API adds.",
  }),
  text: string({ computed: true, description: "The text, where the part is text." }),
  image_url: object(imageUrl, { computed: true, description: "The image, where the part is one." }),
  input_audio: object(inputAudio, { computed: true, description: "The audio, where the part is that." }),
  file: object(file, { computed: true, description: "The file, where the part is one." }),
});

const functionCall = nested({
  name: string({ computed: true, description: "The name of the function." }),
  arguments: string({ computed: true, description: "The arguments, as JSON text written by the model." }),
});

const customCall = nested({
  name: string({ computed: true, description: "The name of the custom tool." }),
  input: string({ computed: true, description: "The input, as the model wrote it." }),
});

const toolCall = nested({
  id: string({ computed: true, description: "The ID of the tool call." }),
  type: string({ computed: true, description: "`function` or `custom`." }),
  function: object(functionCall, { computed: true, description: "The function that was called." }),
  custom: object(customCall, { computed: true, description: "The custom tool that was called." }),
});

/** An input message, as the API lists it, and as a resource takes it. */
export const inputMessageAttributes = {
  id: string({ computed: true, description: "The ID of the message." }),
  role: string({
    computed: true,
    description: "The role of the message's author: `system`, `developer`, `user`, `assistant` or `tool`.",
  }),
  content: string({
    computed: true,
    description: "The text of the message: where it has parts, the text of all of them, joined.",
  }),
  name: string({ computed: true, description: "The name of the message's author, if it has one." }),
  content_parts: list(contentPart, {
    computed: true,
    description:
      "The parts of the content, where the request had parts. Null, and not an empty list, where the content was a text.",
  }),
  refusal: string({
    computed: true,
    description: "The refusal of an assistant's message. OpenAI does not store it; other APIs do.",
  }),
  tool_call_id: string({
    computed: true,
    description: "The tool call that a tool's message answers. OpenAI does not store it; other APIs do.",
  }),
  tool_calls: list(toolCall, {
    computed: true,
    description:
      "The tool calls of an assistant's message; null where the API says nothing of them, as OpenAI's does.",
  }),
};

export type InputMessageAttributes = typeof inputMessageAttributes;
