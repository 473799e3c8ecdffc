import type { ApiResponse } from "./api-response.ts";
import { type ErrorContext, type Failure, OpenAIError } from "./errors.ts";
import type { Operation, Session } from "./operation.ts";
import type { OperationTime } from "./operation-time.ts";
import { shownTarget } from "./url.ts";

/** How far an operation has come: for its errors, and for its log. */
export class OperationProgress {
  readonly #session: Session;
  readonly #operation: Operation;
  readonly #time: OperationTime;
  #shownPath: string | undefined;
  attempts = 0;
  /** Whether what was sent may have been carried out. */
  sent = false;
  /** What the last attempt failed with. */
  last: Failure | undefined;

  constructor(session: Session, operation: Operation, time: OperationTime) {
    this.#session = session;
    this.#operation = operation;
    this.#time = time;
  }

  /** Why an operation ends that was cancelled, or whose time is over. */
  stopped(): OpenAIError {
    if (this.#operation.signal?.aborted)
      return this.error({ kind: "aborted", message: "the operation was cancelled" });
    // After a wait for a rate limit to the end, that is the reason, and not that time is over.
    return this.last?.kind === "rate_limit" ? this.error(this.last) : this.timeout();
  }

  /** The pause for a rate limit, which this operation or another of the process met, outlasts this one's time. */
  limited(): OpenAIError {
    const met: Failure =
      this.last?.kind === "rate_limit"
        ? this.last
        : { kind: "rate_limit", message: "another request of this process met the API's rate limit" };
    return this.error({ ...met, waitMs: this.#session.limiter.pauseLeft() });
  }

  /** @param waitMs  What the API asked to wait, where that is longer than what is left. */
  timeout(waitMs?: number): OpenAIError {
    const limit = this.#operation.timeoutMs;
    const { status, requestId } = this.last ?? {};
    const { transport, baseUrl } = this.#session;
    const proxy = this.attempts === 0 ? undefined : transport.proxy(baseUrl);
    return this.error({
      kind: "operation_timeout",
      message: "the operation's time is over",
      limit,
      status,
      requestId,
      proxy,
      waitMs,
    });
  }

  error(failure: Failure): OpenAIError {
    return new OpenAIError(failure, this.context());
  }

  /** The path of the request without secrets. */
  #path(): string {
    const { baseUrl, redactor } = this.#session;
    this.#shownPath ??= redactor.redact(shownTarget(baseUrl, this.#operation.request.target));
    return this.#shownPath;
  }

  /** What errors say of the operation as it is now. */
  context(): ErrorContext {
    const path = () => this.#path();
    return {
      method: this.#operation.request.method,
      origin: this.#session.baseUrl.origin,
      // Only messages show it: of a success nobody asks.
      get path() {
        return path();
      },
      attempts: this.attempts,
      elapsedMs: this.#session.clock.now() - this.#time.started,
      sent: this.sent,
      last: this.last,
    };
  }

  logAttempt(sentAt: number, result: ApiResponse | Failure): void {
    const { clock, baseUrl } = this.#session;
    const { log, request } = this.#operation;
    const failure = "kind" in result ? result.kind : undefined;
    log(
      failure === undefined ? "debug" : "warn",
      `request ${failure === undefined ? "done" : "failed"}`,
      () => ({
        method: request.method,
        origin: baseUrl.origin,
        path: this.#path(),
        attempt: this.attempts,
        duration_ms: Math.round(clock.now() - sentAt),
        ...(result.status === undefined ? {} : { status: result.status }),
        ...(result.requestId === undefined ? {} : { request_id: result.requestId }),
        ...(failure === undefined ? {} : { failure }),
      }),
    );
  }
}
