import { type Attributes, dynamic, isUnknown, notBlank, string } from "../../framework/index.ts";
import { apiKeyArgument, openTimeouts, readTimeouts, text, timeoutOf } from "../api/arguments.ts";
import { type Call, explained, readAnswer, retrieve, subjectOf } from "../api/request.ts";
import { untilVisible } from "../api/visibility.ts";
import { checkWait, waitOf, waitTimeout } from "../api/wait-timeout.ts";
import { dataSource, ephemeralResource } from "../define.ts";
import { hashedId } from "../hashed-id.ts";
import { pathSegmentValidator } from "../http-validators.ts";
import { completion } from "./completion.ts";
import { completionAttributes } from "./completion-attributes.ts";

const of = completion.declaration;

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
    const read = await readById(config, config.timeouts, "open", call);
    return read === undefined ? call.diagnostics : { ...config, ...read };
  },
});

/** Everything computed of a completion. Undefined, with an error added, where the read fails. */
async function readById(
  config: {
    readonly completion_id: string;
    readonly api_key: string | null;
    readonly wait_timeout: string | null;
  },
  timeouts: Parameters<typeof timeoutOf>[0],
  operation: "read" | "open",
  { provider, diagnostics, signal, log }: Call,
) {
  const object = operation === "open" ? ("ephemeral resource" as const) : ("data source" as const);
  const access = provider.access(config.api_key, { diagnostics, log, object });
  if (access === undefined) return undefined;
  const { completion_id: id } = config;
  const waitMs = waitOf(config);
  const subject = { ...subjectOf(of, access, operation, { id }), object, waitMs };
  return explained({ diagnostics }, subject, async () => {
    const response = await untilVisible((options) => retrieve(of, access, { id }, options), {
      timeoutMs: timeoutOf(timeouts, operation),
      waitMs,
      signal,
      log,
    });
    const read = await readAnswer(of, completionAttributes, id, response, diagnostics);
    return { id: hashedId(access.origin, id), ...read, response_json: response.text };
  });
}
