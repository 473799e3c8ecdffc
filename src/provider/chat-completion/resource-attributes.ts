import {
  bool,
  integer,
  list,
  map,
  nested,
  notBlank,
  object,
  requiresReplace,
  type State,
  string,
  types,
  writeOnlyKind,
} from "../../framework/index.ts";
import { metadataLimits } from "../api/metadata.ts";
import { local, readAttributePieces, sentOnly, wired } from "../api/wire.ts";
import { notEmpty } from "../argument-validators.ts";
import { isSnapshotOf, keepingArguments, refused, streamArguments } from "../objects/answer-arguments.ts";
import { completionAttributes } from "./completion-attributes.ts";
import { coversImportedMessages, messageKind, sameMessages } from "./message-attributes.ts";
import { parameterArguments } from "./parameters.ts";

/** What other providers and the API's own examples have: it is accepted where it changes nothing, or refused with a reason. */
const foreignArguments = {
  ...streamArguments,
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

function inJson(name: string) {
  return refused(`"${name}" is written as JSON text here: use ${name}_json = jsonencode(…).`);
}

const { store, on_expiry } = keepingArguments("completion", "read, updated");

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
      description:
        "A number that says which `messages_wo` these are: another number replaces the completion.",
    }),
  ),
  metadata: wired(
    map(types.string, {
      optional: true,
      validate: [metadataLimits()],
      description:
        "Metadata of the completion, by which it can be found: at most 16 keys of 64 characters, values of 512. The one " +
        "argument that the API can change: it is updated in place.",
    }),
    { emptied: new Map() },
  ),
  ...parameterArguments,
  store: local(store),
  ...foreignArguments,
  on_expiry,
  recreate_after_expiry: local(
    bool({
      optional: true,
      deprecated: 'Use on_expiry: true is on_expiry = "recreate", and false is on_expiry = "warn".',
      description: 'Deprecated: `true` is `on_expiry = "recreate"`, and `false` is `on_expiry = "warn"`.',
    }),
  ),
};

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

/** Everything that an answer has: `stored` is what it says of the request. */
export const answerAttributes = {
  object: objectType,
  created,
  choices,
  usage,
  prompt_tokens_details,
  completion_tokens_details,
  request_id,
  system_fingerprint,
  moderation_results_json: wired(moderation_json, { member: "moderation" }),
  stored: wired(
    object(nested(storedAttributes), {
      computed: true,
      description:
        "What the API reports back of the request: the version of the model, the tier that answered, and defaults that " +
        "the server chose.",
    }),
    { readPieces: (completion) => readAttributePieces(storedAttributes, completion), whole: true },
  ),
};

/** The arguments are as they were written, but for the one that changes: what an answer says of them is in `stored`. */
export const resourceAttributes = {
  ...sentOnly(ownArguments),
  metadata: ownArguments.metadata,
  ...answerAttributes,
};

export type ResourceAttributes = typeof resourceAttributes;
export type AnswerState = State<typeof answerAttributes>;
