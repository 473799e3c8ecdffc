import { createHash } from "node:crypto";
import { isUnknown, nested, notBlank, object, Path, string } from "../../framework/index.ts";
import { dataSource } from "../define.ts";
import { duration, inWords, parseDuration, positiveDuration } from "../duration.ts";
import { headerValue, pathSegmentValidator } from "../validators.ts";
import { completionAttributes } from "./attributes.ts";
import { readCompletion } from "./read.ts";

/** How long a read may take with all its attempts, where `timeouts.read` is left out: 5 minutes. */
const defaultReadTimeout = 300_000;

export const chatCompletion = dataSource({
  name: "openai_chat_completion",
  description:
    "Reads a stored chat completion by its ID: the answer with its tool calls, the usage, the metadata, and everything " +
    "else that OpenAI keeps of it.",
  attributes: {
    completion_id: string({
      required: true,
      validate: [notBlank(), pathSegmentValidator()],
      description:
        "The ID of the chat completion to read. OpenAI's begin with `chatcmpl-`; those of gateways may have another form.",
    }),
    api_key: string({
      optional: true,
      sensitive: true,
      validate: [notBlank(), headerValue()],
      description: "The API key for this data source. Left out, the provider's key is used.",
    }),
    wait_timeout: string({
      optional: true,
      validate: [duration("30s")],
      description:
        'How long to keep asking while the API says that there is no such completion, as a duration (`"30s"`) or a ' +
        "number of seconds: a completion can be read some seconds after it was created. Left out means 0: a completion " +
        "that is not there is an error at once.",
    }),
    timeouts: object(
      nested({
        read: string({
          optional: true,
          validate: [positiveDuration("5m")],
          description: "The time for the whole read with all its attempts. Left out means `5m`.",
        }),
      }),
      { optional: true, description: "How long operations may take." },
    ),
    id: string({
      computed: true,
      description:
        "A unique identifier for this data source (not the completion ID): a hash of where the completion was read and of " +
        "its ID.",
    }),
    ...completionAttributes,
    response_json: string({
      computed: true,
      description:
        "The API's answer as received, for `jsondecode`: fields that have no attribute here are in it.",
    }),
  },

  validate({ config, diagnostics }) {
    const { wait_timeout: wait, timeouts } = config;
    if (wait === null || isUnknown(wait) || isUnknown(timeouts) || isUnknown(timeouts?.read)) return;
    const read = timeoutOf(timeouts?.read);
    if ((parseDuration(wait) ?? 0) <= read) return;
    diagnostics.addAttributeError(
      Path.root.atName("wait_timeout"),
      'Invalid value for "wait_timeout"',
      `The wait of ${JSON.stringify(wait)} is longer than the whole read may take, ${inWords(read)}. ` +
        'Lower wait_timeout, or raise the other: timeouts = { read = "10m" }.',
    );
  },

  async read({ config, provider, diagnostics, signal, log }) {
    const access = provider.access(config.api_key, { diagnostics, log });
    if (access === undefined) return diagnostics;
    const completion = await readCompletion(access, {
      completionId: config.completion_id,
      timeoutMs: timeoutOf(config.timeouts?.read),
      waitMs: parseDuration(config.wait_timeout ?? "0") ?? 0,
      signal,
      log,
      diagnostics,
    });
    if (completion === undefined) return diagnostics;
    return {
      ...config,
      id: identifier(access.origin, config.completion_id),
      ...completion.state,
      response_json: completion.text,
    };
  },
});

function timeoutOf(read: string | null | undefined): number {
  return (read == null ? undefined : parseDuration(read)) ?? defaultReadTimeout;
}

/** Stable from read to read, and of no use to anybody who looks for a key in it. */
function identifier(origin: string, completionId: string): string {
  return createHash("sha256").update(`${origin}\n${completionId}`).digest("hex");
}
