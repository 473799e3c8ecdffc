import { map, notBlank, string, types } from "../../framework/index.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../../openai/index.ts";
import { Body } from "../api/body.ts";
import type { ApiObject, ListDeclaration, Reading } from "../api/declaration.ts";
import { metadataLimits } from "../api/metadata.ts";
import { apiObject } from "../api/object.ts";
import { refuse, ShapeError } from "../api/shape-error.ts";
import { valueInWords } from "../api/value-in-words.ts";
import { completionAttributes } from "./completion-attributes.ts";

/** What the API's list of stored completions is narrowed down by. */
export const completionFilters = {
  model: string({
    optional: true,
    validate: [notBlank()],
    description:
      "Only completions of this model. The API compares with the version that answered, which may be a dated version of " +
      "the name in the request.",
  }),
  metadata: map(types.string, {
    optional: true,
    validate: [metadataLimits()],
    description: "Only completions that have all of these keys in their metadata, with these values.",
  }),
};

/** What a stored chat completion is, to its data sources and to its resource. */
export const completionNames = {
  name: "openai_chat_completion",
  noun: "chat completion",
  subcategory: "Chat completions",
  path: "chat/completions",
  id: "chatcmpl-abc123",
  topic: {
    plural: "stored completions",
    idArgument: "completion_id",
    prompt: "messages",
    missing: (reads) => [
      "it was not created with store = true",
      "it is older than 30 days",
      "the organization keeps nothing (zero data retention)",
      `it was created seconds ago${reads ? ': set wait_timeout, for example wait_timeout = "30s"' : ""}`,
    ],
    lost:
      "The request was sent and may have been carried out and be paid for, so it was not sent again. If it was, the " +
      'completion is stored: the data source "openai_chat_completions" finds it, best by its metadata, and an import takes ' +
      "it into state.",
  },
  body: completionBody,
} as const satisfies Partial<ApiObject>;

export const completionList = {
  description:
    "Finds stored chat completions by model and metadata, and reads them all: as many pages as the API has.",
  displayName: "model",
  filters: completionFilters,
  cursor: true,
  identity: ({ model, metadata, order, after, limit }) => {
    const pairs = metadata instanceof Map ? [...metadata].sort(([a], [b]) => (a < b ? -1 : 1)) : [];
    return [JSON.stringify([model, pairs, order === "asc" ? "asc" : "desc", after, limit])];
  },
} as const satisfies ListDeclaration<typeof completionAttributes>;

/** A stored chat completion as it is read. Its resource has it in another form, and a file of its own. */
export const completion = apiObject({
  ...completionNames,
  attributes: completionAttributes,
  leftOut: {
    "usage.prompt_tokens_details": "an attribute of the root, so that usage stays a map of three numbers",
    "usage.completion_tokens_details": "an attribute of the root, so that usage stays a map of three numbers",
    store: "always true: the resource keeps what is stored",
    stream: "answers are read whole",
    stream_options: "answers are read whole",
    functions: "the older form of tools",
    function_call: "the older form of tool_choice",
  },
  list: completionList,
});

/**
 * The body of a chat completion. What has the ID that was asked for is that completion, in whatever form. Nothing is
 * invented in its state: what the API leaves out or sends as null is null, and only the lists that Terraform
 * configurations index since this data source exists are empty lists instead.
 *
 * @throws ShapeError for anything else.
 */
export function completionBody(json: JsonValue, reading: Reading = {}): Body {
  const { path = "", report = refuse, tally, id } = reading;
  const strange = notCompletion(json, path);
  if (strange !== undefined) {
    const asked = id !== undefined && isJsonObject(json) && json.get("id") === id;
    (asked ? report : refuse)(strange);
  }
  return new Body(json, path, report, tally);
}

/**
 * What has `choices` passes for a completion, whatever a gateway calls it. Anything else that came with status
 * 200 is shown, not turned into a state of nulls.
 */
function notCompletion(json: JsonValue, path: string): ShapeError | undefined {
  if (!isJsonObject(json)) return new ShapeError(path, "a chat completion", valueInWords(json));
  const object = json.get("object") ?? null;
  if (object === "chat.completion" || isJsonArray(json.get("choices"))) return undefined;
  if (object === null) return new ShapeError(path, "a chat completion", valueInWords(json));
  const member = path === "" ? "object" : `${path}.object`;
  return new ShapeError(member, '"chat.completion"', valueInWords(object));
}
