import { isUnknown, string } from "../../framework/index.ts";
import { ephemeralResource } from "../define.ts";
import {
  apiKeyArgument,
  checkWait,
  completionIdArgument,
  openTimeouts,
  waitTimeoutArgument,
} from "./arguments.ts";
import { completionAttributes, responseJsonAttribute } from "./attributes.ts";
import { readWhole } from "./read-whole.ts";

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

  async open({ config, ...call }) {
    const completion = await readWhole(config, config.timeouts?.open, "open", "ephemeral resource", call);
    return completion === undefined ? call.diagnostics : { ...config, ...completion };
  },
});
