import {
  DynamicValue,
  FunctionError,
  parameter,
  providerFunction,
  tupleType,
} from "../../framework/index.ts";
import { type JsonLine, JsonLineError, jsonLines } from "../jsonl.ts";
import { valueOfJson } from "./json-of-value.ts";

export const jsonlDecode = providerFunction({
  name: "jsonl_decode",
  summary: "The values of JSONL, one for each line",
  description:
    "Returns the value of each line of JSONL, as `jsondecode` returns it for one: numbers to the last digit, and null where " +
    "the text has null. Blank lines are passed over. A line that is not JSON is an error with its number.",
  parameters: [
    parameter(
      "text",
      { kind: "string" },
      "JSONL, for example the output of a batch, or `file(…)` of such a file.",
    ),
  ],
  returns: { kind: "dynamic" },
  call(text) {
    const values = decoded(text);
    return new DynamicValue(
      tupleType(values.map(({ type }) => type)),
      values.map(({ value }) => value),
    );
  },
});

function decoded(text: string): DynamicValue[] {
  try {
    return [...jsonLines(text)].map(valueOfLine);
  } catch (thrown) {
    if (!(thrown instanceof JsonLineError)) throw thrown;
    throw new FunctionError(`In the text, ${thrown.message}`, 0);
  }
}

function valueOfLine({ number, value }: JsonLine): DynamicValue {
  try {
    return valueOfJson(value);
  } catch (thrown) {
    if (!(thrown instanceof FunctionError)) throw thrown;
    throw new FunctionError(`In the text, line ${number}: ${thrown.message}`, 0);
  }
}
