import type { ApiResponse } from "./api-response.ts";
import type { Clock } from "./clock.ts";
import { type Failure, OpenAIError } from "./errors.ts";
import { isShownBy } from "./plane.ts";

/** Runs the request of several callers. */
export type SharedRun = (shared: {
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** Gets whether an attempt is on its way, or waits for its turn. */
  readonly sending: (isSent: boolean) => void;
}) => Promise<ApiResponse>;

/** One of several callers. */
export interface SharedCaller {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds, without waiting for its turn. */
  readonly timeoutMs: number;
  /** Whether only an answer that is still to come is good enough. */
  readonly fresh: boolean;
  /** Gets how long it waited for its turn. */
  readonly waited: (ms: number) => void;
  readonly error: (failure: Failure) => OpenAIError;
}

/** After a write reads may not show it for so long: what is read then is kept for nobody. */
const settleMs = 30_000;
/** No attempt takes longer. */
const longestAttemptMs = 3_600_000;
/** Characters of all answers that are kept; what they are read into takes many times the memory. */
const mostCharacters = 8 * 1024 * 1024;

/**
 * Reads that many ask for: a request is sent once while it is under way, and its answer is kept until something is
 * written that it may show. A failure is that of those who waited for it, and the next one asks again.
 */
export class SharedReads {
  readonly #clock: Clock;
  /** By what is asked, the oldest first. */
  readonly #entries = new Map<string, Entry>();
  #writes: { readonly path: readonly string[]; readonly at: number }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The answer to a request, which `run` sends unless another caller's can be had. */
  async read(
    key: string,
    path: readonly string[],
    caller: SharedCaller,
    run: SharedRun,
  ): Promise<ApiResponse> {
    const from = this.#clock.now();
    let queued = 0;
    for (;;) {
      throwIfAborted(caller);
      const known = this.#entries.get(key);
      const found = caller.fresh && known?.isWaiting === false ? undefined : known;
      const entry = found ?? this.#start(key, path, run);
      const before = entry.queued;
      const left = () => from + caller.timeoutMs + queued + entry.queued - before - this.#clock.now();
      try {
        const response = await this.#answerOf(key, entry, caller, left);
        return { ...response, throwIfStopped: () => throwIfAborted(caller) };
      } catch (error) {
        // The time that is over may be that of the one who asked first.
        const isTime = error instanceof OpenAIError && error.kind === "operation_timeout";
        if (!isTime || found === undefined || left() < caller.timeoutMs / 2) throw error;
      } finally {
        const ms = entry.queued - before;
        queued += ms;
        caller.waited(ms);
      }
    }
  }

  /** Forgets what may show something that is written there: to be called before a write and after it. */
  written(path: readonly string[]): void {
    const now = this.#clock.now();
    this.#writes = [...this.#writes.filter(({ at }) => at > now - longestAttemptMs), { path, at: now }];
    for (const [key, entry] of this.#entries) {
      if (!entry.isWaiting && isShownBy(path, entry.path)) this.#entries.delete(key);
    }
  }

  #start(key: string, path: readonly string[], run: SharedRun): Entry {
    const entry = new Entry(path, this.#clock, run);
    this.#entries.set(key, entry);
    entry.result.then(
      ({ text }) => this.#keep(key, entry, text.length),
      () => this.#forget(key, entry),
    );
    return entry;
  }

  /** Rejects when the caller aborts, or its time is over, whatever the others do. */
  async #answerOf(key: string, entry: Entry, caller: SharedCaller, left: () => number): Promise<ApiResponse> {
    const done = new AbortController();
    const ended = new Promise<never>((_, reject) => {
      caller.signal?.addEventListener("abort", () => reject(abortedOf(caller)), { signal: done.signal });
      void this.#over(left, done.signal).then((isOver) => isOver && reject(timeoutOf(caller)));
    });
    entry.callers += 1;
    try {
      return await Promise.race([entry.result, ended]);
    } finally {
      done.abort("done");
      entry.callers -= 1;
      if (entry.callers === 0 && !entry.isDone) {
        entry.stop.abort("nobody waits");
        this.#forget(key, entry);
      }
    }
  }

  async #over(left: () => number, done: AbortSignal): Promise<boolean> {
    // The request itself ends first where it began for this caller.
    const grace = 50;
    for (let ms = left(); ms > -grace; ms = left()) {
      await this.#clock.sleep(ms + grace, done);
      if (done.aborted) return false;
    }
    return true;
  }

  #keep(key: string, entry: Entry, characters: number): void {
    const early = this.#writes.some(
      ({ path, at }) => entry.sentAt - at < settleMs && isShownBy(path, entry.path),
    );
    if (early) this.#forget(key, entry);
    entry.characters = characters;
    let all = [...this.#entries.values()].reduce((sum, each) => sum + each.characters, 0);
    for (const [oldest, { characters: size, isDone }] of this.#entries) {
      if (all <= mostCharacters) return;
      if (!isDone) continue;
      this.#entries.delete(oldest);
      all -= size;
    }
  }

  #forget(key: string, entry: Entry): void {
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
  }
}

/** One request, under way or answered. */
class Entry {
  readonly path: readonly string[];
  readonly stop = new AbortController();
  readonly result: Promise<ApiResponse>;
  readonly #clock: Clock;
  /** When the last attempt left; undefined while the request waits for its turn. */
  #sentAt: number | undefined;
  #since: number;
  #queued = 0;
  callers = 0;
  characters = 0;
  isDone = false;

  constructor(path: readonly string[], clock: Clock, run: SharedRun) {
    this.path = path;
    this.#clock = clock;
    this.#since = clock.now();
    const { signal } = this.stop;
    const end = () => {
      this.isDone = true;
    };
    this.result = run({ signal, sending: (isSent) => this.#sending(isSent) });
    this.result.then(end, end);
  }

  get sentAt(): number {
    return this.#sentAt ?? this.#clock.now();
  }

  /** Whether what it will be answered with is still to come. */
  get isWaiting(): boolean {
    return !this.isDone && this.#sentAt === undefined;
  }

  /** Milliseconds that it waited for its turn. */
  get queued(): number {
    return this.#queued + (this.isWaiting ? this.#clock.now() - this.#since : 0);
  }

  #sending(isSent: boolean): void {
    const now = this.#clock.now();
    if (this.#sentAt === undefined) this.#queued += now - this.#since;
    this.#since = now;
    this.#sentAt = isSent ? now : undefined;
  }
}

function throwIfAborted(caller: SharedCaller): void {
  if (caller.signal?.aborted) throw abortedOf(caller);
}

function abortedOf({ error }: SharedCaller): OpenAIError {
  return error({ kind: "aborted", message: "the operation was cancelled" });
}

function timeoutOf({ error, timeoutMs }: SharedCaller): OpenAIError {
  return error({ kind: "operation_timeout", message: "the operation's time is over", limit: timeoutMs });
}
