import type { OpenAI, OperationOptions } from "./client.ts";
import type { JsonObject } from "./json.ts";
import { stringifyJson } from "./json-text.ts";
import { asObject, asPage, type ObjectResponse, type Page } from "./object-response.ts";
import type { ApiResponse } from "./operation.ts";
import { pathSegment } from "./url.ts";

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

  /** POST /chat/completions/{id}: the metadata as a whole. Any success counts, also one without JSON. */
  async update(
    id: string,
    metadata: ReadonlyMap<string, string>,
    options?: OperationOptions,
  ): Promise<ApiResponse> {
    const body = stringifyJson(new Map([["metadata", metadata]]));
    const request = { method: "POST", segments: path(id), body, bodyOptional: true } as const;
    return await this.#client.request(request, options);
  }

  /**
   * DELETE /chat/completions/{id}. Any success counts, also one without JSON. After a retry `not_found`
   * may mean that the first attempt did it.
   */
  async delete(id: string, options?: OperationOptions): Promise<ApiResponse> {
    const request = { method: "DELETE", segments: path(id), bodyOptional: true } as const;
    return await this.#client.request(request, options);
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
