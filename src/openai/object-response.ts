import type { ApiResponse } from "./api-response.ts";
import { jsonOutline } from "./clean-text.ts";
import { OpenAIError } from "./errors.ts";
import { isJsonArray, isJsonObject, type JsonArray, type JsonObject, type JsonValue } from "./json.ts";

/** An answer whose body is an object. */
export interface ObjectResponse extends ApiResponse {
  readonly body: JsonObject;
}

/** One page of a list. */
export interface Page extends ObjectResponse {
  readonly data: JsonArray;
  /** Null where the answer does not say. */
  readonly hasMore: boolean | null;
  /** `last_id` of the envelope, null where the API has none (empty pages). */
  readonly lastId: string | null;
  /** `next` or `next_page` of the envelope: the cursor of the next page, where the API gives one. */
  readonly next: string | null;
}

/** @throws {OpenAIError} `unexpected_shape` for a body that is no object. */
export function asObject(response: ApiResponse): ObjectResponse {
  if (isObjectResponse(response)) return response;
  throw unexpectedShape(response, `an object was expected, the answer is ${typeInWords(response.body)}`);
}

/** The same answer: a copy would ask it for what is made when asked for. */
function isObjectResponse(response: ApiResponse): response is ObjectResponse {
  return isJsonObject(response.body);
}

/** @throws {OpenAIError} `unexpected_shape` for a body that is no page of a list. */
export function asPage(response: ApiResponse): Page {
  const object = asObject(response);
  const data = object.body.get("data");
  if (!isJsonArray(data))
    throw unexpectedShape(response, `data: a list was expected, there is ${typeInWords(data)}`);
  const hasMore = object.body.get("has_more") ?? null;
  if (hasMore !== null && typeof hasMore !== "boolean")
    throw unexpectedShape(response, `has_more: a boolean was expected, there is ${typeInWords(hasMore)}`);
  const next = textIn(object, "next") ?? textIn(object, "next_page");
  return { ...object, data, hasMore, lastId: textIn(object, "last_id"), next };
}

function textIn({ body }: ObjectResponse, name: string): string | null {
  const value = body.get(name);
  return typeof value === "string" ? value : null;
}

/** An error about an answer that is JSON but not what it should be. `message` says where, and what is there. */
export function unexpectedShape(response: ApiResponse, message: string): OpenAIError {
  const { status, requestId, context, display } = response;
  return new OpenAIError(
    {
      kind: "unexpected_shape",
      message: display(message),
      status,
      requestId,
      firstLine: display(jsonOutline(response.text)),
    },
    context,
  );
}

/** An error about an answer that is more than is read. */
export function tooLarge(response: ApiResponse, message: string, limit?: number): OpenAIError {
  const { status, requestId, context } = response;
  return new OpenAIError({ kind: "too_large", message, status, requestId, limit }, context);
}

/** The JSON type of a value, with an article. */
export function typeInWords(value: JsonValue | undefined): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (isJsonArray(value)) return "a list";
  if (isJsonObject(value)) return "an object";
  if (typeof value === "string") return "a string";
  return typeof value === "boolean" ? "a boolean" : "a number";
}
