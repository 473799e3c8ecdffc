import {
  type Attribute,
  bool,
  integer,
  list,
  map,
  nested,
  notBlank,
  object,
  oneOf,
  requiresReplace,
  type State,
  string,
  types,
  useStateForUnknown,
} from "../../framework/index.ts";
import { metadataLimits } from "../api/metadata.ts";
import { notEmpty } from "../argument-validators.ts";
import { positiveDuration } from "../duration.ts";
import { completionAttributes } from "./attributes.ts";
import { isSnapshotOf } from "./model-alias.ts";
import { foreignArguments, parameterArguments } from "./resource-arguments.ts";
import { messageKind } from "./resource-messages.ts";
import { fillsInMessages, sameMessages } from "./same-messages.ts";

function time(operation: string, defaultTime: string) {
  return string({
    optional: true,
    validate: [positiveDuration("5m")],
    description: `The time for ${operation}. Left out means \`${defaultTime}\`.`,
  });
}

/** What the practitioner says. An argument holds the configured value, and is never computed. */
const ownArguments = {
  model: string({
    required: true,
    validate: [notBlank()],
    plan: [requiresReplace((written, told) => isSnapshotOf(told, written))],
    description: "The model to ask: a name or an alias. The version that answered is in `stored`.",
  }),
  messages: list(messageKind(false), {
    optional: true,
    validate: [notEmpty()],
    // An import leaves here what the API tells; a configuration with messages_wo keeps them out of state.
    plan: [requiresReplace(fillsInMessages)],
    equivalent: sameMessages,
    description: "The messages to answer, oldest first. Exactly one of `messages` and `messages_wo` is set.",
  }),
  messages_wo: list(messageKind(true), {
    optional: true,
    writeOnly: true,
    validate: [notEmpty()],
    description:
      "As `messages`, but never stored in plan or state. A change of it alone is not seen: change `messages_wo_version` " +
      "with it.",
  }),
  messages_wo_version: integer({
    optional: true,
    plan: [requiresReplace()],
    description: "A number that says which `messages_wo` these are: another number replaces the completion.",
  }),
  metadata: map(types.string, {
    optional: true,
    validate: [metadataLimits()],
    description:
      "Metadata of the completion, by which it can be found: at most 16 keys of 64 characters, values of 512. The one " +
      "argument that the API can change: it is updated in place.",
  }),
  ...parameterArguments,
  ...foreignArguments,
  on_expiry: string({
    optional: true,
    validate: [oneOf("warn", "keep", "recreate")],
    description:
      "What to do when OpenAI has deleted the completion after 30 days: `warn` keeps it in state, with a warning in every " +
      "plan; `keep` keeps it without one; `recreate` creates it anew, and pays for it again. Left out means `warn`.",
  }),
  recreate_after_expiry: bool({
    optional: true,
    deprecated: 'Use on_expiry: true is on_expiry = "recreate", and false is on_expiry = "warn".',
    description: 'Deprecated: `true` is `on_expiry = "recreate"`, and `false` is `on_expiry = "warn"`.',
  }),
  timeouts: object(
    nested({
      create: time("the answer and the wait until it can be read", "10m"),
      read: time("a read", "5m"),
      update: time("an update", "5m"),
      delete: time("a deletion", "5m"),
    }),
    { optional: true, description: "How long operations may take." },
  ),
};

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
  model,
  service_tier,
  seed,
  temperature,
  top_p,
  presence_penalty,
  frequency_penalty,
  metadata,
  tools_json,
  tool_choice_json,
  response_format_json,
  input_user,
} = completionAttributes;

/** What the API reports back, under names of its own: none of it is an argument, and none of it drifts. */
export const storedAttributes = {
  model,
  service_tier,
  seed,
  temperature,
  top_p,
  presence_penalty,
  frequency_penalty,
  metadata,
  tools_json,
  tool_choice_json,
  response_format_json,
  input_user,
};

/** What an answer has, kept once it is known; see `kept-answer.ts`. */
export const answerAttributes = {
  object: kept(objectType),
  created: kept(created),
  choices: kept(choices),
  usage: kept(usage),
  prompt_tokens_details: kept(prompt_tokens_details),
  completion_tokens_details: kept(completion_tokens_details),
  request_id: kept(request_id),
  system_fingerprint: kept(system_fingerprint),
  moderation_results_json: kept(moderation_json),
};

export const resourceAttributes = {
  ...ownArguments,
  id: kept(
    string({
      computed: true,
      notNull: true,
      description: "The completion's ID, as OpenAI gave it: `chatcmpl-…`.",
    }),
  ),
  ...answerAttributes,
  stored: kept(
    object(nested(storedAttributes), {
      computed: true,
      description:
        "What the API reports back of the request: the version of the model, the tier that answered, and defaults that " +
        "the server chose.",
    }),
  ),
};

export type ResourceAttributes = typeof resourceAttributes;
export type ResourceState = State<ResourceAttributes>;
export type StoredState = State<typeof storedAttributes>;
export type AnswerState = State<typeof answerAttributes>;
