import { list, nested, nullableParameter, providerFunction, string, types } from "../../framework/index.ts";

const choice = nested({
  message: list(nested({ content: string({ computed: true, description: "The text." }) }), {
    computed: true,
    description: "The message.",
  }),
});

export const messageText = providerFunction({
  name: "message_text",
  summary: "The text of an answer",
  description:
    "Gives the text of the first choice's message: `choices[0].message[0].content`, without an error where there is none. " +
    "Null where there is no choice, or where the model answered with a tool call, a refusal or audio instead.",
  parameters: [
    nullableParameter(
      "choices",
      { kind: "list", element: choice },
      "The `choices` of a chat completion: of a data source, an ephemeral resource or a resource.",
    ),
  ],
  returns: types.string,
  call: (choices) => choices?.[0]?.message?.[0]?.content ?? null,
});
