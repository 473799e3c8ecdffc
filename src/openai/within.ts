/** Why time was over: the caller's signal, or the limit. */
export type Ended = "aborted" | "late";

export interface Limit {
  readonly signal: AbortSignal;
  readonly ms: number;
  readonly error: (ended: Ended) => Error;
}

/**
 * Runs something with a signal that aborts when the caller's does or the limit is over. Rejects in that moment, whatever
 * `run` does meanwhile; `run` frees what it holds when its signal aborts.
 */
export async function within<T>(limit: Limit, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  if (limit.signal.aborted) throw limit.error("aborted");
  const stop = new AbortController();
  let ended: Ended | undefined;
  let end = (_why: Ended) => {};
  const over = new Promise<never>((_, reject) => {
    end = (why) => {
      ended ??= why;
      stop.abort();
      reject(limit.error(ended));
    };
  });
  const onAbort = () => end("aborted");
  const timer = setTimeout(() => end("late"), limit.ms);
  limit.signal.addEventListener("abort", onAbort);
  try {
    return await Promise.race([over, run(stop.signal)]);
  } catch (error) {
    throw ended === undefined ? error : limit.error(ended);
  } finally {
    clearTimeout(timer);
    limit.signal.removeEventListener("abort", onAbort);
  }
}
