import { firstLine } from "./clean-text.ts";
import type { OpenAI, OperationOptions } from "./client.ts";
import { OpenAIError } from "./errors.ts";
import { isJsonArray, isJsonObject, type JsonArray, type JsonObject, type JsonValue } from "./json.ts";
import { stringifyJson } from "./json-text.ts";
import type { ApiResponse } from "./operation.ts";
import { pathSegment } from "./url.ts";

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
}

export interface PageQuery {
  /** Always sent: documentation and server disagree on the default. */
  readonly order: "asc" | "desc";
  /** ID of the item before the first of this page. */
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

export interface ListQuery extends PageQuery {
  readonly model?: string | undefined;
  /** All must match. */
  readonly metadata?: ReadonlyMap<string, string> | undefined;
}

/** Stored chat completions. Every method throws {@link OpenAIError}. IDs must have passed `pathSegment`. */
export class ChatCompletions {
  readonly #client: OpenAI;
  constructor(client: OpenAI) {
    this.#client = client;
  }

  /** GET /chat/completions/{id} */
  async retrieve(id: string, options?: OperationOptions): Promise<ObjectResponse> {
    return asObject(await this.#client.request({ method: "GET", segments: path(id) }, options));
  }

  /** GET /chat/completions, one page. */
  async list(query: ListQuery, options?: OperationOptions): Promise<Page> {
    const filters: [string, string][] = query.model === undefined ? [] : [["model", query.model]];
    for (const [key, value] of query.metadata ?? []) filters.push([`metadata[${key}]`, value]);
    const request = { method: "GET", segments: path(), query: [...filters, ...pageQuery(query)] } as const;
    return asPage(await this.#client.request(request, options));
  }

  /** GET /chat/completions/{id}/messages, one page of the input messages. */
  async messages(id: string, query: PageQuery, options?: OperationOptions): Promise<Page> {
    const request = { method: "GET", segments: [...path(id), "messages"], query: pageQuery(query) } as const;
    return asPage(await this.#client.request(request, options));
  }

  /** POST /chat/completions: sent again only where it cannot have been carried out, or where the API says so. */
  async create(body: JsonObject, options?: OperationOptions): Promise<ObjectResponse> {
    const request = { method: "POST", segments: path(), body: stringifyJson(body), policy: "once" } as const;
    return asObject(await this.#client.request(request, options));
  }

  /** POST /chat/completions/{id}: the metadata as a whole. */
  async update(
    id: string,
    metadata: ReadonlyMap<string, string>,
    options?: OperationOptions,
  ): Promise<ObjectResponse> {
    const body = stringifyJson(new Map([["metadata", metadata]]));
    return asObject(await this.#client.request({ method: "POST", segments: path(id), body }, options));
  }

  /** DELETE /chat/completions/{id}. After a retry `not_found` may mean that the first attempt did it. */
  async delete(id: string, options?: OperationOptions): Promise<ObjectResponse> {
    return asObject(await this.#client.request({ method: "DELETE", segments: path(id) }, options));
  }
}

function path(id?: string): string[] {
  if (id === undefined) return ["chat", "completions"];
  const result = pathSegment(id);
  if (!result.ok) throw new TypeError(`the ID cannot be part of a path: ${result.reason}`);
  return ["chat", "completions", result.segment];
}

function pageQuery(query: PageQuery): [string, string][] {
  const pairs: [string, string][] = [["order", query.order]];
  if (query.after !== undefined) pairs.push(["after", query.after]);
  if (query.limit !== undefined) pairs.push(["limit", String(query.limit)]);
  return pairs;
}

function asObject(response: ApiResponse): ObjectResponse {
  const { body } = response;
  if (!isJsonObject(body))
    throw unexpectedShape(response, `an object was expected, the answer is ${describe(body)}`);
  return { ...response, body };
}

function asPage(response: ApiResponse): Page {
  const object = asObject(response);
  const data = object.body.get("data");
  if (!isJsonArray(data))
    throw unexpectedShape(response, `data: a list was expected, there is ${describe(data)}`);
  const hasMore = object.body.get("has_more") ?? null;
  if (hasMore !== null && typeof hasMore !== "boolean")
    throw unexpectedShape(response, `has_more: a boolean was expected, there is ${describe(hasMore)}`);
  const lastId = object.body.get("last_id");
  return { ...object, data, hasMore, lastId: typeof lastId === "string" ? lastId : null };
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
      firstLine: display(firstLine(response.text)),
    },
    context,
  );
}

/** The JSON type of a value, with an article. */
export function describe(value: JsonValue | undefined): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (isJsonArray(value)) return "a list";
  if (isJsonObject(value)) return "an object";
  if (typeof value === "string") return "a string";
  return typeof value === "boolean" ? "a boolean" : "a number";
}
