import { FunctionError } from "../../framework/index.ts";
import type { JsonObject } from "../../openai/index.ts";
import { object } from "./json-object.ts";

export interface FunctionCall {
  readonly name: string | null;
  readonly arguments: string | null;
}

export interface Call {
  readonly id: string | null;
  readonly type: string | null;
  readonly function: FunctionCall | null | undefined;
  readonly custom: { readonly name: string | null; readonly input: string | null } | null | undefined;
}

/** A tool call in the API's form. Throws FunctionError, about that argument, for one that calls nothing. */
export function toolCall(call: Call | null, place: string, argument: number): JsonObject {
  const { id = null, function: called, custom } = call ?? {};
  if (custom) {
    const { name, input } = custom;
    return object({ id: id ?? undefined, type: "custom", custom: object({ name, input: input ?? "" }) });
  }
  if (!called) throw new FunctionError(`${place} has neither a function nor a custom tool`, argument);
  return object({ id: id ?? undefined, type: "function", function: functionCall(called) });
}

export function functionCall({ name, arguments: text }: FunctionCall): JsonObject {
  return object({ name, arguments: text ?? "" });
}
