import { isUnknown, string } from "../../framework/index.ts";
import { dataSource } from "../define.ts";
import { parseDuration } from "../duration.ts";
import { identifier } from "../identifier.ts";
import {
  apiKeyArgument,
  checkWait,
  completionIdArgument,
  readTimeouts,
  timeoutOf,
  waitTimeoutArgument,
} from "./arguments.ts";
import { completionAttributes, responseJsonAttribute } from "./attributes.ts";
import { readCompletion } from "./read.ts";

export const chatCompletion = dataSource({
  name: "openai_chat_completion",
  description:
    "Reads a stored chat completion by its ID: the answer with its tool calls, the usage, the metadata, and everything " +
    "else that OpenAI keeps of it.",
  attributes: {
    completion_id: completionIdArgument,
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
    response_json: responseJsonAttribute,
  },

  validate({ config, diagnostics }) {
    const { wait_timeout: wait, timeouts } = config;
    if (isUnknown(timeouts)) return;
    checkWait(wait, timeouts?.read, { operation: "read", diagnostics });
  },

  async read({ config, provider, diagnostics, signal, log }) {
    const access = provider.access(config.api_key, { diagnostics, log });
    if (access === undefined) return diagnostics;
    const completion = await readCompletion(
      { access, completionId: config.completion_id },
      {
        timeoutMs: timeoutOf(config.timeouts?.read),
        waitMs: parseDuration(config.wait_timeout ?? "0") ?? 0,
        signal,
        log,
      },
      diagnostics,
    );
    if (completion === undefined) return diagnostics;
    return {
      ...config,
      id: identifier(access.origin, config.completion_id),
      ...completion.state,
      response_json: completion.text,
    };
  },
});
