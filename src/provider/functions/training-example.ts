import {
  FunctionError,
  list,
  nested,
  nullableParameter,
  parameter,
  providerFunction,
  types,
} from "../../framework/index.ts";
import { stringifyJson } from "../../openai/index.ts";
import { answerMessageAttributes } from "../chat-completion/completion-attributes.ts";
import { storedMessageAttributes } from "../chat-completion/message-attributes.ts";
import { answerMessage } from "./answer-message.ts";
import { inputMessage } from "./input-message.ts";
import { object } from "./json-object.ts";
import { trainingTools } from "./training-tools.ts";

const { id: _id, ...messageParts } = storedMessageAttributes;
const { role, content, refusal, name, function_call, tool_calls } = answerMessageAttributes;

const choice = nested({
  message: list(nested({ role, content, refusal, name, function_call, tool_calls }), {
    computed: true,
    description: "The message.",
  }),
});

/** The parts that a training example is made of. Order of the keys: that of OpenAI's own examples. */
export const trainingExample = providerFunction({
  name: "training_example",
  summary: "One line of a training file, of a conversation and its answer",
  description:
    "Gives one JSON line of OpenAI's chat format for fine-tuning: the messages of a request, followed by the answer as the " +
    "assistant's message, and the tools. Tool calls, refusals, names and parts of contents are kept, numbers to the last " +
    "digit. The same arguments give the same text, with keys in the same order, so that a file made of it changes only " +
    "where an example does. The line has no line break at its end.",
  parameters: [
    parameter(
      "messages",
      { kind: "list", element: nested(messageParts) },
      "The messages of the request, in their order: `messages` of the data source `openai_chat_completion_messages`, or of " +
        "the resource.",
    ),
    parameter(
      "choice",
      choice,
      "The answer to learn: an element of `choices` of a chat completion, such as `choices[0]`.",
    ),
    nullableParameter(
      "tools_json",
      types.string,
      "The tools that the model could choose from, as JSON text of a list: `tools_json` of a chat completion. Null without any.",
    ),
  ],
  returns: types.string,
  call(messages, choice, toolsJson) {
    if (messages.length === 0) throw new FunctionError("There are no messages that the choice answers", 0);
    const line = object({
      messages: [...messages.map(inputMessage), answerMessage(choice.message?.[0])],
      tools: trainingTools(toolsJson),
    });
    return stringifyJson(line);
  },
});
