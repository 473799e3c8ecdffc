import { type Clock, systemClock } from "./clock.ts";
import { credentialsOf } from "./credentials.ts";
import { requestHeaders } from "./headers.ts";
import type { RequestLog } from "./log.ts";
import type { Session } from "./operation.ts";
import type { Plane } from "./plane.ts";
import type { Environment } from "./proxy.ts";
import { rateLimiterFor } from "./rate-limiter.ts";
import { Redactor } from "./redact.ts";
import { SharedReads } from "./shared-reads.ts";
import { type Transport, transportFor } from "./transport.ts";
import { hiddenParts } from "./url.ts";

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

/** What is prepared of the options, once for all clients of one key. */
export interface Connection {
  readonly session: Session;
  readonly transport: Transport;
  readonly headers: Readonly<Record<string, string>>;
  /** All that distinguishes one caller from another. */
  readonly credential: string;
  readonly reads: SharedReads;
}

const defaultAttemptMs = 60_000;

/** @throws {TypeError} for a key or header that cannot be sent; the message holds no value. */
export function connectionFor(options: ClientOptions): Connection {
  const headers = requestHeaders({
    ...options,
    apiKey: options.apiKey?.trim() || undefined,
    // An admin key belongs to the organization, and to none of its projects.
    project: options.plane === "admin" ? undefined : options.project,
  });
  const query = [...(options.query ?? []), ...options.baseUrl.searchParams];
  const credential = credentialsOf(headers, query);
  const clock = options.clock ?? systemClock;
  const transport = transportFor(options.env ?? process.env, options.log ?? (() => {}));
  return {
    headers,
    credential,
    transport,
    reads: new SharedReads(clock),
    session: {
      baseUrl: options.baseUrl,
      transport,
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
