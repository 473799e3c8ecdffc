import { isUnknown, string } from "../../framework/index.ts";
import { ephemeralResource } from "../define.ts";
import { parseDuration } from "../duration.ts";
import { identifier } from "../identifier.ts";
import {
  apiKeyArgument,
  checkWait,
  completionIdArgument,
  openTimeouts,
  timeoutOf,
  waitTimeoutArgument,
} from "./arguments.ts";
import { completionAttributes, responseJsonAttribute } from "./attributes.ts";
import { readCompletion } from "./read.ts";

export const ephemeralChatCompletion = ephemeralResource({
  name: "openai_chat_completion",
  description:
    "Reads a stored chat completion by its ID for the time of one Terraform run: neither the plan nor the state holds " +
    "any of it.",
  attributes: {
    completion_id: completionIdArgument,
    api_key: apiKeyArgument("ephemeral resource"),
    wait_timeout: waitTimeoutArgument,
    timeouts: openTimeouts,
    id: string({
      computed: true,
      description:
        "A unique identifier for this ephemeral resource (not the completion ID): a hash of where the completion was " +
        "read and of its ID.",
    }),
    ...completionAttributes,
    response_json: responseJsonAttribute,
  },

  validate({ config, diagnostics }) {
    const { wait_timeout: wait, timeouts } = config;
    if (isUnknown(timeouts)) return;
    checkWait(wait, timeouts?.open, { operation: "open", diagnostics });
  },

  async open({ config, provider, diagnostics, signal, log }) {
    const object = "ephemeral resource";
    const access = provider.access(config.api_key, { diagnostics, log, object });
    if (access === undefined) return diagnostics;
    const completion = await readCompletion(
      { access, completionId: config.completion_id, operation: "open", object },
      {
        timeoutMs: timeoutOf(config.timeouts?.open),
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
