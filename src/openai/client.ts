import { type Clock, systemClock } from "./clock.ts";
import { credentialsOf } from "./credentials.ts";
import type { Sink } from "./exchange.ts";
import { requestHeaders } from "./headers.ts";
import type { JsonObject } from "./json.ts";
import { stringifyJson } from "./json-text.ts";
import type { RequestLog } from "./log.ts";
import { type FormField, multipart, type StreamBody } from "./multipart.ts";
import { asObject, asPage, type ObjectResponse, type Page } from "./object-response.ts";
import { type ApiResponse, runOperation, type Session } from "./operation.ts";
import { checkPlane, type Plane } from "./plane.ts";
import type { Environment } from "./proxy.ts";
import { rateLimiterFor } from "./rate-limiter.ts";
import { Redactor } from "./redact.ts";
import type { RetryPolicy } from "./retry.ts";
import { transportFor } from "./transport.ts";
import { hiddenParts, pathSegment, requestTarget } from "./url.ts";

export interface ClientOptions {
  /** Checked by `parseBaseUrl`. */
  readonly baseUrl: URL;
  readonly apiKey?: string | undefined;
  /** Which part of the API the key is for, and the only one that it is sent to; unset means `project`. */
  readonly plane?: Plane | undefined;
  /** What no message shows either, though no request has it: the key for the other part of the API. */
  readonly secrets?: readonly string[] | undefined;
  readonly organization?: string | undefined;
  readonly project?: string | undefined;
  /** Checked by `checkHeader`. May override Authorization and User-Agent. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Names and values added to the query of every request. */
  readonly query?: ReadonlyMap<string, string> | undefined;
  /** Milliseconds for one attempt; unset means 60 000. Not for what is sent once: the operation's time alone bounds it. */
  readonly timeoutMs?: number | undefined;
  /** Retries after failures other than a rate limit; unset means 4 for reads and 2 for writes. */
  readonly maxRetries?: number | undefined;
  readonly userAgent: string;
  readonly log?: RequestLog | undefined;
  /** For proxies and certificates; unset means `process.env`. Clients given the same object share their sockets. */
  readonly env?: Environment | undefined;
  readonly clock?: Clock | undefined;
}

/** Of every operation. */
export interface OperationOptions {
  /** Cancels waiting, connecting and reading; of a request that is sent once only until it was sent. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for the operation with all its attempts and waits; unset means 300 000. */
  readonly timeoutMs?: number | undefined;
  /** Instead of the client's. */
  readonly log?: RequestLog | undefined;
}

/** One request to any object of the API. */
export interface SendRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The steps of the path below the base URL, not escaped: `["vector_stores", "vs_abc123"]`. */
  readonly path: readonly string[];
  readonly query?: Iterable<readonly [string, string]> | undefined;
  /** Beside the client's. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** JSON. */
  readonly body?: JsonObject | undefined;
  /** A form (multipart/form-data), in place of `body`. Files on the disk are streamed. */
  readonly form?: readonly FormField[] | undefined;
  /** Unset means `once` for POST and PATCH, and `repeatable` for the others. */
  readonly policy?: RetryPolicy | undefined;
}

/** What of a success is wanted; unset means JSON. */
interface AnswerForm {
  /** Whether it counts as one whatever its body. */
  readonly bodyOptional?: boolean;
  readonly sink?: Sink | undefined;
}

/** What is prepared of the options, once for all clients of one key. */
interface Connection {
  readonly session: Session;
  readonly headers: Readonly<Record<string, string>>;
}

const defaultAttemptMs = 60_000;
const defaultOperationMs = 300_000;
const readRetries = 4;
const writeRetries = 2;

/** A client for OpenAI's API and what speaks like it. Prints nothing secret when inspected. */
export class OpenAI {
  readonly #options: ClientOptions;
  readonly #connection: Connection;

  /**
   * @param connection Of a client whose options differ in `log` alone, to share it.
   * @throws {TypeError} for a key or header that cannot be sent; the message holds no value.
   */
  constructor(options: ClientOptions, connection: Connection = connectionFor(options)) {
    this.#options = options;
    this.#connection = connection;
  }

  /** The same client with another log. Costs next to nothing: the two share what was prepared. */
  withLog(log: RequestLog): OpenAI {
    return new OpenAI({ ...this.#options, log }, this.#connection);
  }

  /** The same client, whose errors and log lines do not show these texts either. */
  withHidden(texts: readonly string[]): OpenAI {
    const { session } = this.#connection;
    const redactor = session.redactor.with([], texts);
    return new OpenAI(this.#options, { ...this.#connection, session: { ...session, redactor } });
  }

  /**
   * Sends one request and returns its JSON object.
   *
   * @throws {OpenAIError}
   * @throws {TypeError} for a step of the path that no URL can have; IDs must have passed `pathSegment`. For a path of
   * the part of the API that the key is not for.
   */
  async send(request: SendRequest, options?: OperationOptions): Promise<ObjectResponse> {
    return asObject(await this.#run(request, options));
  }

  /**
   * Sends a request that may be answered with any success, also one without JSON.
   *
   * @throws as `send`.
   */
  acknowledge(request: SendRequest, options?: OperationOptions): Promise<ApiResponse> {
    return this.#run(request, options, { bodyOptional: true });
  }

  /**
   * Reads content that need not be JSON, a piece at a time. One attempt may take all of the operation's time.
   *
   * @throws as `send`; `too_large` beyond the sink's limit, and `not_saved` where the sink fails with a system's error.
   */
  download(request: SendRequest, sink: Sink, options?: OperationOptions): Promise<ApiResponse> {
    return this.#run(request, options, { sink });
  }

  /**
   * Reads one page of a list.
   *
   * @throws as `send`.
   */
  async page(request: SendRequest, options?: OperationOptions): Promise<Page> {
    return asPage(await this.#run(request, options));
  }

  #run(
    request: SendRequest,
    options: OperationOptions = {},
    { bodyOptional = false, sink }: AnswerForm = {},
  ): Promise<ApiResponse> {
    const { method, path, headers, form } = request;
    checkPlane(this.#options.plane ?? "project", path);
    const body = form === undefined ? request.body && stringifyJson(request.body) : multipart(form);
    const query = [...(this.#options.query ?? []), ...(request.query ?? [])];
    return runOperation(this.#sessionFor(headers), {
      request: {
        method,
        target: requestTarget(this.#options.baseUrl, path.map(segmentOf), query),
        headers: { ...this.#connection.headers, ...headers, ...contentHeaders(body) },
        body,
      },
      policy: request.policy ?? (method === "POST" || method === "PATCH" ? "once" : "repeatable"),
      bodyOptional,
      sink,
      maxRetries: this.#options.maxRetries ?? (method === "GET" ? readRetries : writeRetries),
      timeoutMs: options.timeoutMs ?? defaultOperationMs,
      signal: options.signal,
      log: options.log ?? this.#options.log ?? (() => {}),
    });
  }

  /** Headers of one request are as secret as the client's. */
  #sessionFor(headers: SendRequest["headers"]): Session {
    const { session } = this.#connection;
    if (headers === undefined) return session;
    return { ...session, redactor: session.redactor.with(Object.values(headers)) };
  }

  /** Closes all sockets, also those of other clients with the same `env`, which share them. */
  close(): Promise<void> {
    return this.#connection.session.transport.close();
  }
}

function contentHeaders(body: string | StreamBody | undefined): Record<string, string> {
  if (body === undefined) return {};
  if (typeof body === "string") return { "content-type": "application/json" };
  return { "content-type": body.contentType, "content-length": String(body.length) };
}

function segmentOf(step: string): string {
  const result = pathSegment(step);
  if (!result.ok) throw new TypeError(`a step of the path cannot be part of a URL: ${result.reason}`);
  return result.segment;
}

function connectionFor(options: ClientOptions): Connection {
  const headers = requestHeaders({
    ...options,
    apiKey: options.apiKey?.trim() || undefined,
    // An admin key belongs to the organization, and to none of its projects.
    project: options.plane === "admin" ? undefined : options.project,
  });
  const query = [...(options.query ?? []), ...options.baseUrl.searchParams];
  const credential = credentialsOf(headers, query);
  const clock = options.clock ?? systemClock;
  return {
    headers,
    session: {
      baseUrl: options.baseUrl,
      transport: transportFor(options.env ?? process.env, options.log ?? (() => {})),
      limiter: rateLimiterFor(options.baseUrl.origin, credential, clock),
      redactor: new Redactor(secretsOf(options)),
      clock,
      attemptTimeoutMs: options.timeoutMs ?? defaultAttemptMs,
    },
  };
}

/** What of a client's options is secret. */
export function secretsOf(options: ClientOptions): string[] {
  return [
    options.apiKey ?? "",
    ...(options.secrets ?? []),
    ...Object.values(options.headers ?? {}),
    ...(options.query?.values() ?? []),
    ...options.baseUrl.searchParams.values(),
    ...hiddenParts(options.baseUrl),
  ];
}
