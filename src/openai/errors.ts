/** What went wrong, stable: callers choose their words by it. */
export type ErrorKind =
  // The API answered with a status that says no.
  | "not_found" // a 404 in the API's own words for an object, and 410
  | "wrong_url" // any other 404, 405 and 501: probably a wrong base URL
  | "authentication" // 401: no key, or a wrong one
  | "missing_scopes" // 401 or 403 naming scopes that the key lacks
  | "ip_not_authorized"
  | "mismatched_organization"
  | "mismatched_project"
  | "region"
  | "model_access"
  | "permission" // any other 403
  | "rate_limit" // 429 to the end of the operation's time
  | "quota" // 402, or 429 for which waiting does not help
  | "bad_request" // any other 4xx
  | "conflict"
  | "server_error" // 408 and 5xx
  | "unexpected_status" // 1xx, 3xx without a place to go, above 599
  // There was no answer.
  | "refused"
  | "name_not_found"
  | "unreachable"
  | "reset" // the connection ended before the answer began
  | "connection_failed" // anything else below HTTP
  | "tls_expired"
  | "tls_unknown_authority"
  | "tls_wrong_name"
  | "tls_weak" // a key or a signature that is too weak
  | "tls_not_spoken" // what answers does not speak TLS
  | "tls_other"
  | "proxy"
  | "attempt_timeout"
  | "operation_timeout"
  | "aborted"
  | "file_changed" // a file of a form was changed while it was sent
  | "not_saved" // the answer is there, and could not be written to where it should go
  // The answer cannot be used.
  | "invalid_http"
  | "invalid_encoding" // gzip, deflate or br that is none, or another content-encoding
  | "invalid_json"
  | "not_json"
  | "truncated"
  | "too_large"
  | "redirect"
  | "another_object" // an answer for another object than the one that was asked for
  | "unexpected_shape";

/** How the API wrapped its error. */
export type Envelope = "error_object" | "error_string" | "detail" | "message" | "html" | "text" | "empty";

/** The API's own words, cleaned of control characters and secrets. Null where the body has none. */
export interface ApiErrorBody {
  readonly envelope: Envelope;
  readonly message: string | null;
  readonly type: string | null;
  readonly code: string | null;
  readonly param: string | null;
}

/** Whose request an answer says that it answers: `openai-organization` and `openai-project` of its headers. */
export interface Account {
  readonly organization: string | undefined;
  readonly project: string | undefined;
}

/** What is known of one failed attempt. All texts are cleaned and free of secrets. */
export interface Failure {
  readonly kind: ErrorKind;
  /** One sentence without a full stop. */
  readonly message: string;
  readonly status?: number | undefined;
  /** The status of an answer whose body has the error; `status` is then the one that the body names, if it does. */
  readonly outerStatus?: number | undefined;
  readonly requestId?: string | undefined;
  /** The `Date` header in milliseconds since 1970. */
  readonly date?: number | undefined;
  readonly account?: Account | undefined;
  readonly api?: ApiErrorBody | undefined;
  /** First line of a body that is no error of the API's, e.g. of a proxy's HTML. */
  readonly firstLine?: string | undefined;
  readonly contentType?: string | undefined;
  /** The ID that the beginning of an answer names, of which the rest cannot be read. */
  readonly objectId?: string | undefined;
  /** Node's or undici's code, e.g. ECONNREFUSED, CERT_HAS_EXPIRED. */
  readonly systemCode?: string | undefined;
  /** Origin that a redirect led to. */
  readonly location?: string | undefined;
  /** Origin of the proxy in use, without its credentials. */
  readonly proxy?: string | undefined;
  /** The limit that was exceeded: milliseconds for timeouts, bytes for `too_large`. */
  readonly limit?: number | undefined;
  /** Of `operation_timeout`: the answer was there, and too long. */
  readonly answered?: boolean | undefined;
  /** What the API asked to wait. */
  readonly retryAfterMs?: number | undefined;
  /** The wait before another attempt, where it is longer than what was left of the operation's time. */
  readonly waitMs?: number | undefined;
}

/** What the whole operation adds. */
export interface ErrorContext {
  readonly method: string;
  readonly origin: string;
  /** Path without the query, secrets removed. */
  readonly path: string;
  /** Requests sent, or tried to be sent. */
  readonly attempts: number;
  readonly elapsedMs: number;
  /** Whether the last attempt may have reached the API; what is created or changed may then be so. */
  readonly sent?: boolean | undefined;
  /** Whether nothing can have come of it: it prepares what a later request creates. */
  readonly preparing?: boolean | undefined;
  /** For `operation_timeout`: the failure of the last attempt, if there was one. */
  readonly last?: Failure | undefined;
}

/** The one error that the operations of this client throw. It never has a `cause`, which could carry a secret. */
export class OpenAIError extends Error {
  readonly kind: ErrorKind;
  readonly failure: Failure;
  readonly method: string;
  readonly origin: string;
  readonly path: string;
  readonly attempts: number;
  readonly elapsedMs: number;
  readonly sent: boolean;
  readonly preparing: boolean;
  readonly last: Failure | undefined;

  constructor(failure: Failure, context: ErrorContext) {
    super(failure.message);
    this.name = "OpenAIError";
    this.kind = failure.kind;
    this.failure = failure;
    this.method = context.method;
    this.origin = context.origin;
    this.path = context.path;
    this.attempts = context.attempts;
    this.elapsedMs = context.elapsedMs;
    this.sent = context.sent ?? false;
    this.preparing = context.preparing ?? false;
    this.last = context.last;
  }

  get status(): number | undefined {
    return this.failure.status;
  }
  get requestId(): string | undefined {
    return this.failure.requestId;
  }
  get api(): ApiErrorBody | undefined {
    return this.failure.api;
  }
}

/** Thrown inside one attempt; {@link OpenAIError} is made of it. */
export class AttemptError extends Error {
  readonly failure: Failure;
  /** False where the request surely never reached the API. */
  readonly sent: boolean;
  /** The API's `x-should-retry`. */
  readonly shouldRetry: boolean | undefined;
  constructor(
    failure: Failure,
    options: { readonly sent?: boolean; readonly shouldRetry?: boolean | undefined } = {},
  ) {
    super(failure.message);
    this.failure = failure;
    this.sent = options.sent ?? true;
    this.shouldRetry = options.shouldRetry;
  }
}
