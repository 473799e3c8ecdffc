import { type APIError, invalid } from "./errors.ts";
import { isArray, isObject, type Json, type JsonObject, numberOf } from "./json.ts";
import { article } from "./metadata.ts";

/** Checks one parameter's value, which is not null. */
type Check = (name: string, value: Json) => APIError | undefined;

/** Every parameter of a create request (the published schema of August 2026) with its check. */
const PARAMETERS: Readonly<Record<string, Check>> = {
  model: typed("a string", (value) => typeof value === "string"),
  messages: typed("an array of objects", isArray),
  store: boolean(),
  metadata: anything(),
  n: range("integer", 1, 128),
  temperature: range("decimal", 0, 2),
  top_p: range("decimal", 0, 1),
  presence_penalty: range("decimal", -2, 2),
  frequency_penalty: range("decimal", -2, 2),
  max_tokens: range("integer", 1, Number.POSITIVE_INFINITY),
  max_completion_tokens: range("integer", 1, Number.POSITIVE_INFINITY),
  stop: typed("a string or an array of strings", (value) => typeof value === "string" || isArray(value)),
  seed: range("integer", Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
  logprobs: boolean(),
  top_logprobs: range("integer", 0, 20),
  logit_bias: object(),
  response_format: object(),
  tools: typed("an array of objects", isArray),
  tool_choice: typed("a string or an object", (value) => typeof value === "string" || isObject(value)),
  parallel_tool_calls: boolean(),
  functions: typed("an array of objects", isArray),
  function_call: typed("a string or an object", (value) => typeof value === "string" || isObject(value)),
  modalities: typed("an array of strings", isArray),
  audio: object(),
  prediction: object(),
  reasoning_effort: oneOf("none", "minimal", "low", "medium", "high", "xhigh", "max"),
  verbosity: oneOf("low", "medium", "high"),
  service_tier: oneOf("auto", "default", "flex", "scale", "priority", "fast"),
  stream: boolean(),
  stream_options: object(),
  web_search_options: object(),
  user: typed("a string", (value) => typeof value === "string"),
  safety_identifier: typed("a string", (value) => typeof value === "string"),
  prompt_cache_key: typed("a string", (value) => typeof value === "string"),
  prompt_cache_options: object(),
  prompt_cache_retention: oneOf("in_memory", "24h"),
  moderation: object(),
};

/** The first parameter that is unknown or has a wrong value, or undefined. null counts as not given. */
export function parameterError(request: JsonObject): APIError | undefined {
  for (const [name, value] of Object.entries(request)) {
    const check = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined;
    if (check === undefined) return invalid(`Unknown parameter: '${name}'.`, name, "unknown_parameter");
    if (value === undefined || value === null) continue;
    const error = check(name, value);
    if (error !== undefined) return error;
  }
  return undefined;
}

function anything(): Check {
  return () => undefined;
}

function typed(expected: string, accepts: (value: Json) => boolean): Check {
  return (name, value) => (accepts(value) ? undefined : wrongType(name, expected, value));
}

function boolean(): Check {
  return typed("a boolean", (value) => typeof value === "boolean");
}

function object(): Check {
  return typed("an object", isObject);
}

function range(kind: "integer" | "decimal", least: number, most: number): Check {
  return (name, value) => {
    const number = numberOf(value);
    if (number === undefined || (kind === "integer" && !Number.isInteger(number))) {
      return wrongType(name, kind === "integer" ? "an integer" : "a decimal", value);
    }
    return rangeError(name, number, kind, least, most);
  };
}

/** OpenAI's two errors for a number out of its range, also used for a list's `limit`. */
export function rangeError(
  name: string,
  number: number,
  kind: "integer" | "decimal",
  least: number,
  most: number,
): APIError | undefined {
  const error = (side: string, sign: string, bound: number, code: string) =>
    invalid(
      `Invalid '${name}': ${kind} ${side} value. Expected a value ${sign} ${bound}, but got ${number} instead.`,
      name,
      `${kind}_${code}_value`,
    );
  if (number < least) return error("below minimum", ">=", least, "below_min");
  if (number > most) return error("above maximum", "<=", most, "above_max");
  return undefined;
}

function oneOf(...allowed: readonly string[]): Check {
  return (name, value) => {
    if (typeof value !== "string") return wrongType(name, `one of '${allowed.join("', '")}'`, value);
    return allowed.includes(value) ? undefined : unsupportedValue(name, value, allowed);
  };
}

/** OpenAI's error for a string that is none of the allowed ones. */
export function unsupportedValue(name: string, value: string, allowed: readonly string[]): APIError {
  const last = allowed[allowed.length - 1];
  const list = `${allowed
    .slice(0, -1)
    .map((word) => `'${word}'`)
    .join(", ")} and '${last}'`;
  return invalid(`Invalid value: '${value}'. Supported values are: ${list}.`, name, "invalid_value");
}

/** OpenAI's error for a value of another type. */
export function wrongType(name: string, expected: string, value: Json | undefined): APIError {
  const message = `Invalid type for '${name}': expected ${expected}, but got ${article(value)} instead.`;
  return invalid(message, name, "invalid_type");
}
