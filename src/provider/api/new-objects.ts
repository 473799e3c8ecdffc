import type { Logger } from "../../framework/index.ts";
import { isJsonArray, isJsonObject, type JsonValue, type SendRequest } from "../../openai/index.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { appearsWithinMs, type TimedOptions, untilVisible } from "./visibility.ts";

/* The API does not show at once what was created: what is asked of it, or below it, is answered with 404 meanwhile. */

/** Who asks, and how long that may take. */
export interface Asking {
  readonly provider: Pick<OpenAIProvider, "creations">;
  readonly access: Access;
  /** Milliseconds. */
  readonly timeLeft: () => number;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/** The Administration API allows few requests a minute. */
const adminPauseMs = 2_000;

/**
 * Sends a request, and repeats it while a 404 may only mean that the API does not show yet what this run has created:
 * what is asked for, what it belongs to, or what the body names. A 404 made nothing, so that a POST is repeated, too.
 *
 * @param send Gets the signal, and what is left of the time.
 * @throws what `send` throws; `not_found` once the wait is over.
 */
export function onceNewIsVisible<T>(
  { path, body }: Pick<SendRequest, "path" | "body">,
  { provider, access, timeLeft, signal, log }: Asking,
  send: (options: TimedOptions) => Promise<T>,
): Promise<T> {
  const age = provider.creations.ageOf(namesIn(path, body));
  const timeoutMs = timeLeft();
  // The last request must have time for its answer: a POST whose answer is lost may have made something.
  const waitMs = age === undefined ? 0 : Math.min(Math.max(appearsWithinMs - age, 0), timeoutMs * 0.8);
  return untilVisible(send, {
    timeoutMs,
    waitMs,
    ...(access.key === "admin" && { firstPauseMs: adminPauseMs }),
    signal,
    log,
    openai: access.openai,
  });
}

/** All texts that may be the ID of an object. */
function* namesIn(path: readonly string[], body: JsonValue | undefined): Generator<string, void, undefined> {
  yield* path;
  if (body !== undefined) yield* textsIn(body);
}

function* textsIn(value: JsonValue): Generator<string, void, undefined> {
  if (typeof value === "string") yield value;
  else if (isJsonArray(value)) for (const each of value) yield* textsIn(each);
  else if (isJsonObject(value)) for (const each of value.values()) yield* textsIn(each);
}
