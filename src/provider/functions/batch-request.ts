import { FunctionError, parameter, providerFunction, types } from "../../framework/index.ts";
import { stringifyJson } from "../../openai/index.ts";
import { object } from "./json-object.ts";
import { objectOfValue } from "./json-of-value.ts";

export const batchRequest = providerFunction({
  name: "batch_request",
  summary: "One request of a batch, as JSON text",
  description:
    "Returns one line of a batch's input: JSON text with `custom_id`, `method` (always `POST`), `url` and `body`, in this " +
    "order, without a line break. `requests` of `openai_batch` takes a list of them, and `jsonl_encode` makes a file of one.",
  parameters: [
    parameter(
      "custom_id",
      { kind: "string" },
      "A name of your own, by which the result is found. Each request of a batch needs another one.",
    ),
    parameter(
      "url",
      { kind: "string" },
      "The endpoint, for example `/v1/responses` or `/v1/chat/completions`.",
    ),
    parameter(
      "body",
      { kind: "dynamic" },
      "What is sent to the endpoint: an object, or JSON text of one, whose keys keep their order and whose numbers keep " +
        "their digits.",
    ),
  ],
  returns: types.string,
  call(customId, url, body) {
    if (customId.trim() === "") throw new FunctionError("The custom_id is empty", 0);
    if (!/^\/\S+$/.test(url))
      throw new FunctionError("The url must be the path of an endpoint, for example /v1/responses", 1);
    const content = objectOfValue(body);
    if (content === undefined)
      throw new FunctionError(
        "The body must be an object, or JSON text of one, as jsonencode({ … }) writes it",
        2,
      );
    return stringifyJson(object({ custom_id: customId, method: "POST", url, body: content }));
  },
});
