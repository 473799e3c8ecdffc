import { DynamicValue, FunctionError, parameter, providerFunction, types } from "../../framework/index.ts";
import { stringifyJson } from "../../openai/index.ts";
import { objectOfValue } from "./json-of-value.ts";

export const jsonlEncode = providerFunction({
  name: "jsonl_encode",
  summary: "Objects as JSONL, one on each line",
  description:
    "Returns JSONL: each object as compact JSON on a line of its own, with a line break at the end of each. Numbers are " +
    "written to the last digit, null members as `null`, and the keys of an object in Terraform's order, so that the same " +
    "objects return the same text. An element that is JSON text of an object, as `jsonencode` and `batch_request` return " +
    "it, becomes a line as well, with its keys in their own order.",
  parameters: [
    parameter(
      "objects",
      { kind: "dynamic" },
      "A list of objects, or of JSON texts of objects. An empty list returns an empty text.",
    ),
  ],
  returns: types.string,
  call(objects) {
    const list = objects instanceof DynamicValue ? objects.value : objects;
    if (!Array.isArray(list)) throw new FunctionError("It must be a list of objects", 0);
    const lines = list.map((each: unknown, index) => {
      const object = objectOfValue(each);
      if (object === undefined)
        throw new FunctionError(`The element ${index} is neither an object nor JSON text of one`, 0);
      return `${stringifyJson(object)}\n`;
    });
    return lines.join("");
  },
});
