import { type Attributes, dynamic, isUnknown, notBlank, string } from "../../framework/index.ts";
import { apiKeyArgument, openTimeouts, readTimeouts, text } from "../api/arguments.ts";
import { checkWait, waitTimeout } from "../api/wait-timeout.ts";
import { dataSource, ephemeralResource } from "../define.ts";
import { pathSegmentValidator } from "../http-validators.ts";
import { completionAttributes } from "./completion-attributes.ts";

/** The arguments that name a completion, and say how long to wait for it. */
export const completionArguments = {
  completion_id: string({
    required: true,
    validate: [notBlank(), pathSegmentValidator()],
    description:
      "The ID of the chat completion to read. OpenAI's begin with `chatcmpl-`; those of gateways may have another form.",
  }),
  wait_timeout: waitTimeout("completion"),
};

/** What is computed of a completion. */
function computedOf(object: string) {
  return {
    id: text(
      `A unique identifier for this ${object} (not the completion ID): a hash of where the completion was read and of ` +
        "its ID.",
    ),
    ...completionAttributes,
    response_json: text(
      "The API's answer as received, for `jsondecode`: fields that have no attribute here are in it.",
    ),
  } satisfies Attributes;
}

/** Where a prompt is written at a data source, which reads what is there. */
const refused =
  'The data source reads a completion that exists already, by "completion_id". To create one from "model" and "messages", ' +
  'use the resource: resource "openai_chat_completion" "example" { … }. Each creation is paid for.';

export const chatCompletion = dataSource({
  name: "openai_chat_completion",
  description:
    "Reads a stored chat completion by its ID: the answer with its tool calls, the usage, the metadata, and everything " +
    "else that OpenAI keeps of it.",
  attributes: {
    ...completionArguments,
    completion_id: { ...completionArguments.completion_id, requiredByProvider: true },
    api_key: apiKeyArgument(),
    timeouts: readTimeouts,
    ...computedOf("data source"),
    model: { ...completionAttributes.model, refused },
    messages: dynamic({ optional: true, refused, description: "Refused, with a hint at the resource." }),
  },
  validate({ config, diagnostics }) {
    const { wait_timeout: wait, timeouts } = config;
    if (!isUnknown(timeouts)) checkWait(wait, timeouts?.read, "read", diagnostics);
  },
  async read({ config, ...call }) {
    const { readById } = await import("./read-by-id.ts");
    const read = await readById(config, config.timeouts, "read", call);
    return read === undefined ? call.diagnostics : { ...config, ...read };
  },
});

export const ephemeralChatCompletion = ephemeralResource({
  name: "openai_chat_completion",
  description:
    "Reads a stored chat completion by its ID for the time of one Terraform run: neither the plan nor the state holds " +
    "any of it.",
  attributes: {
    ...completionArguments,
    api_key: apiKeyArgument("ephemeral resource"),
    timeouts: openTimeouts,
    ...computedOf("ephemeral resource"),
  },
  validate({ config, diagnostics }) {
    const { wait_timeout: wait, timeouts } = config;
    if (!isUnknown(timeouts)) checkWait(wait, timeouts?.open, "open", diagnostics);
  },
  async open({ config, ...call }) {
    const { readById } = await import("./read-by-id.ts");
    const read = await readById(config, config.timeouts, "open", call);
    return read === undefined ? call.diagnostics : { ...config, ...read };
  },
});
