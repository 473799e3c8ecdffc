import { check, type Validator } from "../framework/index.ts";

/** Milliseconds in each unit that Go's time.ParseDuration knows from milliseconds up. */
const units: { readonly [unit: string]: number } = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A day: longer than any request, and well within what a timer can wait (2^31 ms). */
const longest = 24 * 3_600_000;

/** What was read, for reads that all have the same few durations. */
const known = new Map<string, number | undefined>();
const mostKnown = 64;

/**
 * Reads a duration as Go providers take it: `"90s"`, `"1m30s"`, `"500ms"`, `"1.5h"`, or a bare number
 * of seconds. Returns milliseconds, or undefined for anything else, negative or over a day.
 */
export function parseDuration(text: string): number | undefined {
  if (known.has(text)) return known.get(text);
  const milliseconds = parsed(text);
  if (known.size < mostKnown) known.set(text, milliseconds);
  return milliseconds;
}

function parsed(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^\d+(\.\d+)?$/.test(trimmed)) return within(Number(trimmed) * 1000);
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(trimmed)) return undefined;
  let total = 0;
  for (const [, amount, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    total += Number(amount) * (units[unit ?? ""] ?? Number.NaN);
  }
  return within(total);
}

function within(milliseconds: number): number | undefined {
  return milliseconds <= longest ? Math.round(milliseconds) : undefined;
}

/** A duration from zero to a day. */
export function duration(example = "90s"): Validator<string> {
  return check(
    "must be a duration of at most 24h: a number with a unit (ms, s, m, h), or a bare number of seconds",
    (value) => parseDuration(value) !== undefined,
    example,
  );
}

/** A duration that is not zero. */
export function positiveDuration(example = "90s"): Validator<string> {
  return check(
    "must be a duration above 0 and of at most 24h: a number with a unit (ms, s, m, h), or a bare number of seconds",
    (value) => (parseDuration(value) ?? 0) > 0,
    example,
  );
}

/** A wait in words, rounded up to what is worth saying: `12 seconds`, `5 minutes`, `2 hours`, `30 days`. */
export function waitInWords(milliseconds: number): string {
  const [size, unit] = [
    { unit: "day", size: 24 * 3_600_000 },
    { unit: "hour", size: 3_600_000 },
    { unit: "minute", size: 60_000 },
  ]
    .map(({ unit, size }) => [size, unit] as const)
    .find(([size]) => milliseconds >= 2 * size) ?? [1000, "second"];
  const count = Math.ceil(milliseconds / size);
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** A duration in words, for messages: `90 seconds`, `1.5 seconds`, `5 minutes`. */
export function inWords(milliseconds: number): string {
  if (milliseconds >= 120_000 && milliseconds % 60_000 === 0) return `${milliseconds / 60_000} minutes`;
  const seconds =
    milliseconds >= 10_000 ? Math.round(milliseconds / 1000) : Math.round(milliseconds / 100) / 10;
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}

/** How often and how long: `3 attempts in 6.5 s`. */
export function attempts({
  attempts,
  elapsedMs,
}: {
  readonly attempts: number;
  readonly elapsedMs: number;
}): string {
  return `${attempts} attempt${attempts === 1 ? "" : "s"} in ${(elapsedMs / 1000).toFixed(1)} s`;
}
