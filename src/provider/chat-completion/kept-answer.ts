import type { AnswerState } from "./resource-attributes.ts";

/**
 * An answer as a read tells it, with what the read leaves out and an earlier answer had: the create
 * answer alone has refusals, annotations, audio, log probabilities and the details of the usage. Nothing
 * that was known is wiped; what the API says anew counts.
 */
export function keptAnswer(earlier: AnswerState, read: AnswerState): AnswerState {
  return {
    object: merge(earlier.object, read.object),
    created: merge(earlier.created, read.created),
    choices: merge(earlier.choices, read.choices),
    usage: merge(earlier.usage, read.usage),
    prompt_tokens_details: merge(earlier.prompt_tokens_details, read.prompt_tokens_details),
    completion_tokens_details: merge(earlier.completion_tokens_details, read.completion_tokens_details),
    request_id: merge(earlier.request_id, read.request_id),
    system_fingerprint: merge(earlier.system_fingerprint, read.system_fingerprint),
    moderation_results_json: merge(earlier.moderation_results_json, read.moderation_results_json),
  };
}

/** Both values are of one attribute, so of one shape. */
function merge<T>(earlier: T, read: T): T;
function merge(earlier: unknown, read: unknown): unknown {
  if (read === null || read === undefined) return earlier;
  if (Array.isArray(earlier) && Array.isArray(read)) {
    if (read.length === 0) return earlier;
    if (read.length !== earlier.length) return read;
    return read.map((each: unknown, index) => merge<unknown>(earlier[index], each));
  }
  if (isPlainObject(earlier) && isPlainObject(read)) {
    return Object.fromEntries(
      Object.entries(read).map(([name, value]) => [name, merge<unknown>(earlier[name], value)]),
    );
  }
  return read;
}

/** An object of attributes: neither a map nor an exact number. */
function isPlainObject(value: unknown): value is { readonly [name: string]: unknown } {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
