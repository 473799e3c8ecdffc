import type { ApiResponse } from "./api-response.ts";
import { type ClientOptions, type Connection, connectionFor } from "./connection.ts";
import { type Failure, OpenAIError } from "./errors.ts";
import type { Sink } from "./exchange.ts";
import type { JsonObject } from "./json.ts";
import { stringifyJson } from "./json-text.ts";
import type { RequestLog } from "./log.ts";
import { type FormField, multipart, type StreamBody } from "./multipart.ts";
import { asObject, asPage, type ObjectResponse, type Page } from "./object-response.ts";
import { type Operation, runOperation, type Session } from "./operation.ts";
import { checkPlane, endpointOf } from "./plane.ts";
import { endpointLimiterFor } from "./rate-limiter.ts";
import type { RetryPolicy } from "./retry.ts";
import { pathSegment, requestTarget, shownTarget } from "./url.ts";

/** Of every operation. */
export interface OperationOptions {
  /** Cancels waiting, connecting and reading; of a request that is sent once only until it was sent. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for the operation with all its attempts and waits; unset means 300 000. */
  readonly timeoutMs?: number | undefined;
  /** Instead of the client's. */
  readonly log?: RequestLog | undefined;
  /** Of a shared read: an answer that was kept is not good enough, where something is waited for. */
  readonly fresh?: boolean | undefined;
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
  /**
   * For a GET that many ask for, such as a list: the same request of all clients of one key is sent once. Its answer is
   * kept until a request that is no GET may have changed it, and for no reader within 30 seconds of such a write.
   */
  readonly shared?: boolean | undefined;
}

/** What of a success is wanted; unset means JSON. */
interface AnswerForm {
  /** Whether it counts as one whatever its body. */
  readonly bodyOptional?: boolean;
  readonly sink?: Sink | undefined;
}

/** How long a client's requests waited. */
interface Queue {
  waitedMs: number;
}

const defaultOperationMs = 300_000;
const readRetries = 4;
const writeRetries = 2;

/** A client for OpenAI's API and what speaks like it. Prints nothing secret when inspected. */
export class OpenAI {
  readonly #options: ClientOptions;
  readonly #connection: Connection;
  readonly #queue: Queue;

  /**
   * @param connection Of a client whose options differ in `log` alone, to share it.
   * @throws {TypeError} for a key or header that cannot be sent; the message holds no value.
   */
  constructor(options: ClientOptions, connection?: Connection, queue?: Queue) {
    this.#options = options;
    this.#connection = connection ?? connectionFor(options);
    this.#queue = queue ?? { waitedMs: 0 };
  }

  /**
   * Milliseconds that requests of this client waited for their turn, where that is no part of an operation's time: with
   * an admin key. `withLog` begins anew.
   */
  get waitedMs(): number {
    return this.#queue.waitedMs;
  }

  /** The same client with another log. Costs next to nothing: the two share what was prepared. */
  withLog(log: RequestLog): OpenAI {
    return new OpenAI({ ...this.#options, log }, this.#connection);
  }

  /** The same client, whose errors and log lines do not show these texts either. */
  withHidden(texts: readonly string[]): OpenAI {
    const { session } = this.#connection;
    const redactor = session.redactor.with([], texts);
    return new OpenAI(this.#options, { ...this.#connection, session: { ...session, redactor } }, this.#queue);
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
    const { method, path, headers, form, shared = false } = request;
    const { plane = "project" } = this.#options;
    checkPlane(plane, path);
    const body = form === undefined ? request.body && stringifyJson(request.body) : multipart(form);
    const query = [...(this.#options.query ?? []), ...(request.query ?? [])];
    const target = requestTarget(this.#options.baseUrl, path.map(segmentOf), query);
    const operation: Operation = {
      request: {
        method,
        target,
        headers: { ...this.#connection.headers, ...headers, ...contentHeaders(body) },
        body,
      },
      policy: request.policy ?? (method === "POST" || method === "PATCH" ? "once" : "repeatable"),
      bodyOptional,
      sink,
      maxRetries: this.#options.maxRetries ?? (method === "GET" ? readRetries : writeRetries),
      timeoutMs: options.timeoutMs ?? defaultOperationMs,
      waited: plane === "admin" ? (ms) => this.#wait(ms) : undefined,
      signal: options.signal,
      log: options.log ?? this.#options.log ?? (() => {}),
    };
    if (method === "GET" && shared && sink === undefined)
      return this.#shared(request, operation, options.fresh);
    const session = this.#sessionFor(request);
    return method === "GET" ? runOperation(session, operation) : this.#write(path, session, operation);
  }

  /** Readers from before a write, and those from within it, have what those after it must not have. */
  async #write(path: readonly string[], session: Session, operation: Operation): Promise<ApiResponse> {
    const { reads } = this.#connection;
    reads.written(path);
    try {
      return await runOperation(session, operation);
    } finally {
      reads.written(path);
    }
  }

  #shared(request: SendRequest, operation: Operation, fresh = false): Promise<ApiResponse> {
    const session = this.#sessionFor(request);
    const { signal, timeoutMs, waited = () => {} } = operation;
    const started = session.clock.now();
    const { target } = operation.request;
    const error = (failure: Failure) => {
      const { origin } = session.baseUrl;
      const path = session.redactor.redact(shownTarget(session.baseUrl, target));
      const elapsedMs = session.clock.now() - started;
      return new OpenAIError(failure, { method: "GET", origin, path, attempts: 0, elapsedMs });
    };
    const key = JSON.stringify([target, request.headers ?? {}]);
    const own = operation.waited === undefined ? undefined : () => {};
    return this.#connection.reads.read(
      key,
      request.path,
      { signal, timeoutMs, fresh, waited, error },
      (shared) => runOperation(session, { ...operation, ...shared, waited: own }),
    );
  }

  #wait(ms: number): void {
    this.#queue.waitedMs += ms;
  }

  /** Headers of one request are as secret as the client's. The Administration API limits each endpoint for itself. */
  #sessionFor({ method, path, headers }: SendRequest): Session {
    const { session, credential } = this.#connection;
    const { origin } = this.#options.baseUrl;
    const redactor = headers === undefined ? session.redactor : session.redactor.with(Object.values(headers));
    if (this.#options.plane !== "admin") return { ...session, redactor };
    const limiter = endpointLimiterFor(origin, credential, endpointOf(method, path), session.clock);
    return { ...session, redactor, limiter };
  }

  /** Closes all sockets, also those of other clients with the same `env`, which share them. */
  close(): Promise<void> {
    return this.#connection.transport.close();
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
