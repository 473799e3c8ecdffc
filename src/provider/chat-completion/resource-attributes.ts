import {
  type Attribute,
  type Attributes,
  bool,
  type Config,
  dynamic,
  integer,
  list,
  map,
  nested,
  notBlank,
  object,
  oneOf,
  Path,
  requiresReplace,
  type State,
  string,
  types,
  useStateForUnknown,
  type Validator,
  writeOnlyKind,
} from "../../framework/index.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../openai/index.ts";
import { resourceTimeouts } from "../api/arguments.ts";
import { metadataLimits } from "../api/metadata.ts";
import { argumentPath } from "../api/param-path.ts";
import { unlessNothing } from "../api/refresh.ts";
import { local, readAttributePieces, wired } from "../api/wire.ts";
import { writeAttributes } from "../api/write.ts";
import { notEmpty } from "../argument-validators.ts";
import { parseJsonArgument } from "../json-argument.ts";
import { completionAttributes } from "./completion-attributes.ts";
import { coversImportedMessages, messageKind, sameMessages } from "./message-attributes.ts";
import { parameterArguments } from "./parameters.ts";

const whole = "the answer is read whole, and kept in state only as a whole. Remove it.";

/** What other providers and the API's own examples have: it is accepted where it changes nothing, or refused with a reason. */
const foreignArguments = {
  store: local(
    bool({
      optional: true,
      validate: [mustBeStored()],
      description: "May be left out: the completion is always stored, which the resource depends on.",
    }),
  ),
  stream: refused(`"stream" cannot be set: ${whole}`),
  stream_options: refused(`"stream_options" cannot be set: ${whole}`),
  functions: refused(
    '"functions" is what the API had before tools, and is not supported. Use "tools": each function becomes ' +
      '{ type = "function", function = { name = …, description = …, parameters_json = jsonencode(…) } }.',
  ),
  function_call: refused(
    '"function_call" is what the API had before tools, and is not supported. Use "tool_choice", with "tools" in the place ' +
      'of "functions": "none", "auto", or jsonencode({ type = "function", function = { name = … } }).',
  ),
  response_format: inJson("response_format"),
  prediction: inJson("prediction"),
  web_search_options: inJson("web_search_options"),
  moderation: inJson("moderation"),
  prompt_cache_options: inJson("prompt_cache_options"),
};

function mustBeStored(): Validator<boolean> {
  return {
    description: "must be `true`",
    validate: (value) =>
      value
        ? undefined
        : {
            detail:
              "The resource cannot do without storing: a completion that is not stored can be neither read, updated nor " +
              'deleted. Remove "store", or set it to true.',
          },
  };
}

function inJson(name: string) {
  return refused(`"${name}" is written as JSON text here: use ${name}_json = jsonencode(…).`);
}

function refused(refused: string) {
  return dynamic({ optional: true, refused, description: "Refused, with a hint at what to use instead." });
}

/** What the practitioner says. An argument holds the configured value, and is never computed. */
const ownArguments = {
  model: string({
    required: true,
    validate: [notBlank()],
    plan: [requiresReplace((written, stored) => isSnapshotOf(stored, written))],
    description: "The model to ask: a name or an alias. The version that answered is in `stored`.",
  }),
  messages: list(messageKind, {
    optional: true,
    validate: [notEmpty()],
    // An import leaves here what the API reports; a configuration with messages_wo keeps them out of state.
    plan: [requiresReplace(coversImportedMessages)],
    equivalent: sameMessages,
    description: "The messages to answer, oldest first. Exactly one of `messages` and `messages_wo` is set.",
  }),
  messages_wo: wired(
    list(writeOnlyKind(messageKind), {
      optional: true,
      writeOnly: true,
      validate: [notEmpty()],
      description:
        "As `messages`, but never stored in plan or state. A change of it alone is not seen: change `messages_wo_version` " +
        "with it.",
    }),
    { member: "messages" },
  ),
  messages_wo_version: local(
    integer({
      optional: true,
      plan: [requiresReplace()],
      description:
        "A number that says which `messages_wo` these are: another number replaces the completion.",
    }),
  ),
  metadata: map(types.string, {
    optional: true,
    validate: [metadataLimits()],
    description:
      "Metadata of the completion, by which it can be found: at most 16 keys of 64 characters, values of 512. The one " +
      "argument that the API can change: it is updated in place.",
  }),
  ...parameterArguments,
  ...foreignArguments,
  on_expiry: local(
    string({
      optional: true,
      validate: [oneOf("warn", "keep", "recreate")],
      description:
        "What to do when OpenAI has deleted the completion after 30 days: `warn` keeps it in state, with a warning in every " +
        "plan; `keep` keeps it without one; `recreate` creates it anew, and pays for it again. Left out means `warn`.",
    }),
  ),
  recreate_after_expiry: local(
    bool({
      optional: true,
      deprecated: 'Use on_expiry: true is on_expiry = "recreate", and false is on_expiry = "warn".',
      description: 'Deprecated: `true` is `on_expiry = "recreate"`, and `false` is `on_expiry = "warn"`.',
    }),
  ),
  timeouts: local(resourceTimeouts),
};

/**
 * Whether a model's name is a dated version of another: `gpt-4o-2024-08-06` of `gpt-4o`, and
 * `gpt-4-0613` of `gpt-4`, but `gpt-4o-mini` of nothing.
 */
export function isSnapshotOf(name: unknown, alias: unknown): boolean {
  if (typeof name !== "string" || typeof alias !== "string" || !name.startsWith(`${alias}-`)) return false;
  return /^(?:\d{4}|\d{4}-\d{2}-\d{2})$/.test(name.slice(alias.length + 1));
}

/** The arguments, of which a change from nothing to nothing replaces nothing. */
function replacingArguments<A extends Attributes>(args: A): A {
  const entries = Object.entries(args).map(([name, attribute]) => [name, unlessNothing(attribute)]);
  return Object.fromEntries(entries) as A;
}

/** A computed attribute whose stored value stays in the plan of an update. */
function kept<A extends Attribute>(attribute: A): A {
  return { ...attribute, planModifiers: [useStateForUnknown()] };
}

const {
  object: objectType,
  created,
  choices,
  usage,
  prompt_tokens_details,
  completion_tokens_details,
  request_id,
  system_fingerprint,
  moderation_json,
  ...storedAttributes
} = completionAttributes;

/** What an answer says of itself, kept once it is known; see `mergedAnswer`. */
const ownAttributes = {
  object: kept(objectType),
  created: kept(created),
  choices: kept(choices),
  usage: kept(usage),
  prompt_tokens_details: kept(prompt_tokens_details),
  completion_tokens_details: kept(completion_tokens_details),
  request_id: kept(request_id),
  system_fingerprint: kept(system_fingerprint),
  moderation_results_json: kept(wired(moderation_json, { member: "moderation" })),
};

/** Everything that an answer has: `stored` is what it says of the request. */
export const answerAttributes = {
  ...ownAttributes,
  stored: kept(
    wired(
      object(nested(storedAttributes), {
        computed: true,
        description:
          "What the API reports back of the request: the version of the model, the tier that answered, and defaults that " +
          "the server chose.",
      }),
      { readPieces: (completion) => readAttributePieces(storedAttributes, completion) },
    ),
  ),
};

export const resourceAttributes = {
  ...replacingArguments(ownArguments),
  id: kept(
    string({
      computed: true,
      notNull: true,
      description: "The completion's ID, as OpenAI gave it: `chatcmpl-…`.",
    }),
  ),
  ...answerAttributes,
};

export type ResourceAttributes = typeof resourceAttributes;
type Arguments = Config<ResourceAttributes>;
export type ResourceState = State<ResourceAttributes>;
export type AnswerState = State<typeof answerAttributes>;

/**
 * The body of a create request: what the arguments say and no more, numbers exact; `store`, without which the
 * completion would not be kept, and `stream`, without which some would not come whole.
 *
 * @param config With write-only messages.
 */
export function requestBody(config: Arguments): JsonObject {
  return new Map<string, JsonValue>([
    ...writeAttributes(resourceAttributes, config),
    ["store", true],
    // Some gateways stream unless a request says no.
    ["stream", false],
    ...(extraBody(config) ?? []),
  ]);
}

function extraBody({ extra_body_json: text }: Pick<Arguments, "extra_body_json">): JsonObject | undefined {
  const extra = text === null ? undefined : parseJsonArgument(text);
  return isJsonObject(extra) ? extra : undefined;
}

/** The argument that a `param` of the API's errors stands for; undefined where there is none. */
export function paramPath(param: string, config: Pick<Arguments, "extra_body_json">): Path | undefined {
  const path = argumentPath(param, resourceAttributes, config);
  if (path !== undefined) return path;
  const [first = ""] = param.split(/[.[]/);
  return extraBody(config)?.has(first) ? Path.root.atName("extra_body_json") : undefined;
}

/**
 * Every text in messages that somebody may want to hide. Roles and types are the API's words: hiding them would
 * take them out of its errors.
 */
export function textsOf(messages: NonNullable<Arguments["messages"]>): string[] {
  const texts: string[] = [];
  const collect = (value: unknown, name = "") => {
    if (typeof value === "string") {
      if (name !== "role" && name !== "type") texts.push(value);
    } else if (typeof value === "object" && value !== null) {
      for (const [key, member] of Object.entries(value)) collect(member, key);
    }
  };
  collect(messages);
  return texts;
}
