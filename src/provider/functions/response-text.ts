import { FunctionError, nullableParameter, providerFunction, types } from "../../framework/index.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../../openai/index.ts";
import { parseJsonArgument } from "../json-argument.ts";
import { jsonOfValue } from "./json-of-value.ts";

export const responseText = providerFunction({
  name: "response_text",
  summary: "The text of a response",
  description:
    "Gives the texts of all messages in the output of a response, one after the other, as OpenAI's own libraries do for " +
    "`output_text`. Null where there is none: the model called a tool, refused, or has not answered yet.",
  parameters: [
    nullableParameter(
      "output",
      { kind: "dynamic" },
      "The `output` of an `openai_response`, its `output_json`, or a whole response as JSON text, such as the `body_json` of a batch's " +
        "result.",
    ),
  ],
  returns: types.string,
  call(output) {
    const value = output === null ? null : jsonOfValue(output);
    const json = typeof value === "string" ? parseJsonArgument(value) : value;
    const items = json !== undefined && isJsonObject(json) ? (json.get("output") ?? null) : json;
    if (items === null) return null;
    if (items === undefined || !isJsonArray(items))
      throw new FunctionError(
        "The output must be a list of items, JSON text of one, or JSON text of a whole response",
        0,
      );
    const texts = items.flatMap(textsOf);
    return texts.length === 0 ? null : texts.join("");
  },
});

/** The texts in one item, where that is a message. */
function textsOf(item: JsonValue): string[] {
  if (!isJsonObject(item) || item.get("type") !== "message") return [];
  const content = item.get("content") ?? null;
  const parts = isJsonArray(content) ? content.filter(isJsonObject) : [];
  return parts.flatMap((part) => {
    const text = part.get("text");
    return part.get("type") === "output_text" && typeof text === "string" ? [text] : [];
  });
}
