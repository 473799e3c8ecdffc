import { dynamic, isUnknown, string } from "../../framework/index.ts";
import { dataSource } from "../define.ts";
import {
  apiKeyArgument,
  checkWait,
  completionIdArgument,
  readTimeouts,
  waitTimeoutArgument,
} from "./arguments.ts";
import { completionAttributes, responseJsonAttribute } from "./attributes.ts";
import { readWhole } from "./read-whole.ts";

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
    completion_id: { ...completionIdArgument, requiredByProvider: true },
    api_key: apiKeyArgument("data source"),
    wait_timeout: waitTimeoutArgument,
    timeouts: readTimeouts,
    id: string({
      computed: true,
      description:
        "A unique identifier for this data source (not the completion ID): a hash of where the completion was read and of " +
        "its ID.",
    }),
    ...completionAttributes,
    model: { ...completionAttributes.model, refused },
    messages: dynamic({ optional: true, refused, description: "Refused, with a hint at the resource." }),
    response_json: responseJsonAttribute,
  },

  validate({ config, diagnostics }) {
    const { wait_timeout: wait, timeouts } = config;
    if (isUnknown(timeouts)) return;
    checkWait(wait, timeouts?.read, { operation: "read", diagnostics });
  },

  async read({ config, ...call }) {
    const completion = await readWhole(config, config.timeouts?.read, "read", "data source", call);
    return completion === undefined ? call.diagnostics : { ...config, ...completion };
  },
});
