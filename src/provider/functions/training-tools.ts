import { FunctionError } from "../../framework/index.ts";
import {
  isJsonArray,
  isJsonObject,
  type JsonArray,
  JsonError,
  type JsonObject,
  type JsonValue,
  parseJson,
} from "../../openai/index.ts";

/** Which argument of the function the tools are. */
const argument = 2;

/** The keys that the API knows of a tool and of what it is, in the order of its documentation. */
const known = ["type", "function", "custom", "name", "description", "parameters", "strict", "format"];

/**
 * The tools of JSON text, undefined without any. Their own keys come in a fixed order; the schema of a
 * function's parameters stays as it is, since the order of properties means something to a model.
 */
export function trainingTools(text: string | null): JsonArray | undefined {
  const tools = parsed(text ?? "null");
  if (tools === null) return undefined;
  if (!isJsonArray(tools)) throw new FunctionError("The tools must be JSON text of a list", argument);
  return tools.length === 0 ? undefined : tools.map(toolOf);
}

function parsed(text: string): JsonValue {
  try {
    return parseJson(text);
  } catch (thrown) {
    if (!(thrown instanceof JsonError)) throw thrown;
    throw new FunctionError(`The tools must be JSON text of a list: ${thrown.message}`, argument);
  }
}

function toolOf(tool: JsonValue, index: number): JsonObject {
  if (!isJsonObject(tool)) throw new FunctionError(`Tool ${index} of the list is not an object`, argument);
  return new Map(
    [...ordered(tool)].map(([key, value]) => [
      key,
      isJsonObject(value) && (key === "function" || key === "custom") ? ordered(value) : value,
    ]),
  );
}

/** The keys that are known first, then the others in the order in which they came. */
function ordered(object: JsonObject): JsonObject {
  const first = known.filter((key) => object.has(key));
  const keys = [...first, ...[...object.keys()].filter((key) => !known.includes(key))];
  return new Map(keys.map((key) => [key, object.get(key) ?? null]));
}
