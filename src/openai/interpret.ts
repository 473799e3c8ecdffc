import { classify } from "./classify.ts";
import { firstLine } from "./clean-text.ts";
import type { Clock } from "./clock.ts";
import { displayText, readErrorBody } from "./error-body.ts";
import { AttemptError, type Failure } from "./errors.ts";
import type { Answer } from "./exchange.ts";
import { JsonError, type JsonValue, parseJson } from "./json.ts";
import { Redactor } from "./redact.ts";
import { retryAfterMs } from "./retry.ts";

/** A success: its JSON, and the text as received but for a byte order mark. */
export interface Interpreted {
  readonly body: JsonValue;
  readonly text: string;
}

/**
 * Reads an answer: the JSON of a 2xx, or an error that says what another status means.
 *
 * @throws {AttemptError} every kind that comes from an answer.
 */
export function interpret(answer: Answer, redactor: Redactor, clock: Clock): Interpreted {
  if (answer.status >= 200 && answer.status <= 299) return success(answer, redactor);
  const text = new TextDecoder().decode(answer.bytes);
  const api = readErrorBody(text, redactor);
  const flag = answer.header("x-should-retry")?.trim().toLowerCase();
  const failure: Failure = {
    ...aboutAnswer(answer, undefined, redactor),
    // By the body as it came: a word of the API's may be part of a header's value, and redacted.
    kind: classify(answer.status, readErrorBody(text, new Redactor([]))),
    message: api.message ?? `the API answered with status ${answer.status}`,
    api,
    firstLine: api.envelope === "html" || api.envelope === "text" ? (api.message ?? undefined) : undefined,
    retryAfterMs: retryAfterMs(answer.header, clock),
  };
  throw new AttemptError(failure, {
    shouldRetry: flag === "true" ? true : flag === "false" ? false : undefined,
  });
}

function success(answer: Answer, redactor: Redactor): Interpreted {
  const fail = (kind: Failure["kind"], message: string, line?: string): AttemptError =>
    new AttemptError({ ...aboutAnswer(answer, undefined, redactor), kind, message, firstLine: line });
  const text = decodeUtf8(answer.bytes);
  if (text === undefined) throw fail("invalid_json", "the answer is not valid UTF-8");
  try {
    return { body: parseJson(text), text };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    // Only here: cleaning what nobody will read would be a tenth of a read's time.
    const line = displayText(firstLine(text), redactor);
    if (line === "") throw fail("not_json", "the answer is empty", "");
    const json = /\bjson\b/i.test(answer.header("content-type") ?? "") || /^\s*[[{]/.test(text);
    if (!json || /^\s*</.test(text)) throw fail("not_json", "the answer is not JSON", line);
    if (error.reason === "ended")
      throw fail("truncated", "the answer was cut off in the middle of its JSON", line);
    throw fail("invalid_json", `the answer is not valid JSON: ${error.message}`, line);
  }
}

/** What every failure says of the answer that it comes from; of the body's beginning, where given, its first line. */
export function aboutAnswer(
  answer: Pick<Answer, "status" | "header">,
  start: Buffer | undefined,
  redactor: Redactor,
) {
  const contentType = answer.header("content-type");
  const line = start === undefined ? "" : displayText(firstLine(new TextDecoder().decode(start)), redactor);
  return {
    ...(line === "" ? {} : { firstLine: line }),
    status: answer.status,
    requestId: requestIdOf(answer.header, redactor),
    date: dateOf(answer.header),
    contentType: contentType === undefined ? undefined : displayText(contentType, redactor, 100),
  };
}

/** The `Date` header in milliseconds since 1970. */
export function dateOf(header: Answer["header"]): number | undefined {
  const date = Date.parse(header("date") ?? "");
  return Number.isNaN(date) ? undefined : date;
}

/** OpenAI's request ID, or Azure's. */
export function requestIdOf(header: Answer["header"], redactor: Redactor): string | undefined {
  const id = header("x-request-id") ?? header("apim-request-id");
  return id === undefined || id === "" ? undefined : displayText(id, redactor, 200);
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
