import type { Clock } from "./clock.ts";
import type { AttemptError, ErrorKind } from "./errors.ts";

/** 0.5 s, doubled each time up to 8 s, less up to a quarter by chance: openai-node's. */
const firstDelayMs = 500;
const longestDelayMs = 8_000;
const jitter = 0.25;

/**
 * `repeatable`: doing it twice is as good as once. `once`: a request that may have been carried out is not sent
 * again, unless the API says that it may.
 */
export type RetryPolicy = "repeatable" | "once";

/** Kinds that come from the network or a server in trouble. */
const transient: ReadonlySet<ErrorKind> = new Set([
  "refused",
  "name_not_found",
  "unreachable",
  "reset",
  "connection_failed",
  "attempt_timeout",
  "truncated",
  "conflict",
  "server_error",
  "rate_limit",
]);

/** Whether a failed attempt should be repeated, apart from how often and how long. */
export function shouldRetry(error: AttemptError, policy: RetryPolicy): boolean {
  const { kind, status } = error.failure;
  if (kind === "quota") return false;
  if (error.shouldRetry !== undefined) return error.shouldRetry;
  if (policy === "once" && error.sent && kind !== "rate_limit") return false;
  if (kind === "proxy") return status === undefined || status >= 500;
  // A body can break under any status; only that of a success is worth asking for again.
  return transient.has(kind);
}

/** The wait before retry number `retry` (0 for the first) where the API gave no hint. */
export function backoffMs(retry: number, clock: Clock): number {
  return Math.min(firstDelayMs * 2 ** retry, longestDelayMs) * (1 - clock.random() * jitter);
}

/**
 * What the API asks to wait: `retry-after-ms`, else `retry-after` in seconds or as a date; undefined without. However
 * long it is: the caller compares it with the time that is left, and asks no sooner.
 */
export function retryAfterMs(
  headers: (name: string) => string | undefined,
  clock: Clock,
): number | undefined {
  return sane(numeric(headers("retry-after-ms"))) ?? sane(seconds(headers("retry-after"), clock));
}

function seconds(text: string | undefined, clock: Clock): number | undefined {
  const number = numeric(text);
  if (number !== undefined) return number * 1000;
  // Date.parse takes far more than HTTP's dates, "-5" among them.
  if (text === undefined || !/^[A-Z][a-z]+,? /.test(text.trim())) return undefined;
  return Date.parse(text) - clock.date();
}

function numeric(text: string | undefined): number | undefined {
  // More digits than a clock has are a fault, and no wait.
  return text !== undefined && /^\s*\d{1,15}(?:\.\d*)?\s*$/.test(text) ? Number(text) : undefined;
}

function sane(ms: number | undefined): number | undefined {
  return ms !== undefined && ms >= 0 ? ms : undefined;
}
