import type { ApiResponse } from "./api-response.ts";
import type { Clock } from "./clock.ts";
import { displayText } from "./error-body.ts";
import { type Account, AttemptError } from "./errors.ts";
import { type Answer, exchange, type Sink } from "./exchange.ts";
import {
  accountOf,
  dateOf,
  type Interpreted,
  interpret,
  interpretAcknowledgement,
  requestIdOf,
  withoutBody,
} from "./interpret.ts";
import type { RequestLog } from "./log.ts";
import { OperationProgress } from "./operation-progress.ts";
import { OperationTime } from "./operation-time.ts";
import type { Patience, RateLimiter, Ticket } from "./rate-limiter.ts";
import type { Redactor } from "./redact.ts";
import { backoffMs, type RetryPolicy, shouldRetry } from "./retry.ts";
import type { Transport, TransportRequest } from "./transport.ts";

/** What all operations of a client share. */
export interface Session {
  readonly baseUrl: URL;
  readonly transport: Pick<Transport, "send" | "proxy">;
  readonly limiter: RateLimiter;
  readonly redactor: Redactor;
  readonly clock: Clock;
  readonly attemptTimeoutMs: number;
}

export interface Operation {
  readonly request: TransportRequest;
  readonly policy: RetryPolicy;
  /** Whether a success counts as one whatever its body: `body` is null then where it is not JSON. */
  readonly bodyOptional: boolean;
  /** Where the body of a success goes; `body` is null then. */
  readonly sink?: Sink | undefined;
  readonly maxRetries: number;
  /** For the operation as a whole: all attempts and all waits. */
  readonly timeoutMs: number;
  /** Set: waiting for its turn is no part of the operation's time, and is counted here. */
  readonly waited?: ((ms: number) => void) | undefined;
  /** Gets whether an attempt is on its way, or waits for its turn. */
  readonly sending?: ((isSent: boolean) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly log: RequestLog;
}

/**
 * Runs one operation to its end: leave of the rate limiter, attempts, waits, the deadline, and cancelling.
 *
 * @throws {OpenAIError} and nothing else.
 */
export function runOperation(session: Session, operation: Operation): Promise<ApiResponse> {
  return new Run(session, operation).toEnd();
}

class Run {
  readonly #session: Session;
  readonly #operation: Operation;
  readonly #time: OperationTime;
  readonly #progress: OperationProgress;
  /** Aborts at the deadline or when the caller cancels. */
  readonly #stop = new AbortController();
  /** Aborts at the deadline; where the caller may cancel what is sent too, the same as the other. */
  readonly #late: AbortController;
  /** Whether an attempt that failed may have been carried out all the same. */
  #carriedOut = false;

  constructor(session: Session, operation: Operation) {
    this.#session = session;
    this.#operation = operation;
    const { timeoutMs, waited } = operation;
    this.#time = new OperationTime(session.clock, timeoutMs, waited);
    this.#progress = new OperationProgress(session, operation, this.#time);
    // What may be done only once is not cut off by the caller once it is sent: it may have been paid for.
    this.#late = operation.policy === "once" ? new AbortController() : this.#stop;
  }

  async toEnd(): Promise<ApiResponse> {
    const { signal } = this.#operation;
    const cancel = () => this.#stop.abort();
    const finished = new AbortController();
    void this.#time.over(finished.signal).then((isOver) => {
      if (!isOver) return;
      this.#late.abort();
      this.#stop.abort();
    });
    signal?.addEventListener("abort", cancel);
    if (signal?.aborted) cancel();
    try {
      return await this.#attemptsAndWaits();
    } finally {
      signal?.removeEventListener("abort", cancel);
      // Without a reason of ours Node makes an exception with its stack.
      finished.abort("finished");
    }
  }

  async #attemptsAndWaits(): Promise<ApiResponse> {
    const { limiter, clock } = this.#session;
    const turn = limiter.turn();
    for (let retries = 0; ; ) {
      const outcome = await this.#attempt(turn);
      if (!(outcome instanceof AttemptError)) return outcome;
      this.#progress.last = outcome.failure;
      if (!shouldRetry(outcome, this.#operation.policy)) throw this.#progress.error(outcome.failure);
      // What was refused for its rate was not carried out, however the wait for the next attempt ends.
      this.#carriedOut ||= outcome.sent && outcome.failure.kind !== "rate_limit";
      this.#progress.sent = this.#carriedOut;
      if (outcome.failure.kind === "rate_limit") {
        // The limiter does the waiting, and nobody's retries are used up. No use waiting past the deadline.
        if (limiter.isOver(this.#patience(), this.#time.started)) throw this.#progress.limited();
        continue;
      }
      if (retries >= this.#operation.maxRetries) throw this.#progress.error(outcome.failure);
      const delay = outcome.failure.retryAfterMs ?? backoffMs(retries, clock);
      retries += 1;
      if (delay >= this.#time.left()) throw this.#progress.timeout(outcome.failure.retryAfterMs);
      await clock.sleep(delay, this.#stop.signal);
      if (this.#stop.signal.aborted) throw this.#progress.stopped();
    }
  }

  async #attempt(turn: number): Promise<ApiResponse | AttemptError> {
    const { clock } = this.#session;
    const ticket = await this.#turn(turn);
    if (ticket === undefined)
      throw this.#stop.signal.aborted ? this.#progress.stopped() : this.#progress.limited();
    this.#progress.attempts += 1;
    this.#progress.sent = true;
    const sentAt = clock.now();
    let failed: AttemptError | undefined;
    try {
      const response = await this.#send();
      this.#progress.logAttempt(sentAt, response);
      return response;
    } catch (error) {
      if (!(error instanceof AttemptError)) throw error;
      failed = error;
      this.#progress.sent = error.sent;
      this.#progress.logAttempt(sentAt, error.failure);
      if (error.failure.kind === "aborted") throw this.#progress.stopped();
      return error;
    } finally {
      const limited = failed?.failure.kind === "rate_limit";
      ticket.leave(limited ? { limited, retryAfterMs: failed?.failure.retryAfterMs } : { limited });
    }
  }

  /** Waits for its turn. */
  async #turn(turn: number): Promise<Ticket | undefined> {
    const { sending } = this.#operation;
    sending?.(false);
    const ticket = await this.#time.queueing(() =>
      this.#session.limiter.enter(turn, this.#stop.signal, this.#patience()),
    );
    sending?.(true);
    return ticket;
  }

  #patience(): Patience {
    const { waited, timeoutMs, log } = this.#operation;
    return waited === undefined
      ? { deadline: this.#time.started + timeoutMs }
      : { fruitlessMs: timeoutMs, log };
  }

  async #send(): Promise<ApiResponse> {
    const { transport, baseUrl, redactor, attemptTimeoutMs } = this.#session;
    const { request, policy, timeoutMs, sink } = this.#operation;
    const { signal } = this.#late;
    const answer = await exchange(transport, baseUrl, request, {
      // What may be done only once has no other attempt, and what is downloaded may be large: the operation's time bounds
      // both.
      timeoutMs: policy === "once" || sink !== undefined ? timeoutMs : attemptTimeoutMs,
      signal,
      cancel: this.#stop.signal,
      redactor,
      sink,
    });
    const { header, status } = answer;
    let account: Account | undefined;
    return {
      ...(await this.#interpret(answer, signal)),
      status,
      // Most answers are asked for none of these, and what is shown is searched for secrets.
      get requestId() {
        return requestIdOf(header, redactor);
      },
      get date() {
        return dateOf(header);
      },
      get account() {
        account ??= accountOf(header, redactor);
        return account;
      },
      display: (text) => displayText(text, redactor),
      context: this.#progress.context(),
      throwIfStopped: () => this.#throwIfStopped(),
    };
  }

  #throwIfStopped(): void {
    const { policy, signal } = this.#operation;
    if (policy === "once") return;
    if (signal?.aborted) throw this.#progress.stopped();
    if (this.#time.left() > 0) return;
    const { timeoutMs } = this.#operation;
    const message = "the answer was not read to its end in the operation's time";
    throw this.#progress.error({ kind: "operation_timeout", message, limit: timeoutMs, answered: true });
  }

  async #interpret(answer: Answer, signal: AbortSignal): Promise<Interpreted> {
    const { redactor, clock } = this.#session;
    const { bodyOptional, sink } = this.#operation;
    if (sink !== undefined && answer.status <= 299) return withoutBody;
    return bodyOptional
      ? interpretAcknowledgement(answer, redactor, clock, signal)
      : interpret(answer, redactor, clock, signal);
  }
}
