import { unknownCoding } from "./body.ts";
import { classify, statusByWords } from "./classify.ts";
import { firstLine, jsonOutline, looksLikeJson } from "./clean-text.ts";
import type { Clock } from "./clock.ts";
import { displayText, errorBodyOf, parseErrorBody, showErrorBody } from "./error-body.ts";
import { type Account, type ApiErrorBody, AttemptError, type ErrorKind, type Failure } from "./errors.ts";
import type { Answer } from "./exchange.ts";
import { innerError } from "./inner-error.ts";
import { JsonError, type JsonObject, type JsonValue, maxJsonValues, parseJsonInPieces } from "./json.ts";
import { Redactor } from "./redact.ts";
import { retryAfterMs } from "./retry.ts";

/** A success: its JSON, and the text as received but for a byte order mark. */
export interface Interpreted {
  readonly body: JsonValue;
  readonly text: string;
  /** An error that the body has beside its result. */
  readonly api: ApiErrorBody | undefined;
}

/**
 * Reads an answer: the JSON of a 2xx, or an error that says what another status means. A 2xx whose body is an
 * error has the status that the body names. A long body is read in pieces, until the signal aborts.
 *
 * @throws {AttemptError} every kind that comes from an answer, and `aborted`.
 */
export async function interpret(
  answer: Answer,
  redactor: Redactor,
  clock: Clock,
  signal?: AbortSignal,
): Promise<Interpreted> {
  try {
    return await read(answer, redactor, clock, signal);
  } catch (error) {
    if (error instanceof AttemptError || !signal?.aborted) throw error;
    throw new AttemptError({ kind: "aborted", message: "the request was cancelled" });
  }
}

/** Of a success whose body is not wanted. */
export const withoutBody: Interpreted = { body: null, text: "", api: undefined };

/** A success without JSON, or with JSON that is broken. */
const withoutJson: ReadonlySet<ErrorKind> = new Set(["not_json", "invalid_json", "truncated"]);

/**
 * As {@link interpret}, of a request whose success counts whatever its body.
 *
 * @throws as `interpret`, for what is no success.
 */
export async function interpretAcknowledgement(
  answer: Answer,
  redactor: Redactor,
  clock: Clock,
  signal: AbortSignal,
): Promise<Interpreted> {
  try {
    return await interpret(answer, redactor, clock, signal);
  } catch (error) {
    if (answer.status > 299 || !(error instanceof AttemptError) || !withoutJson.has(error.failure.kind))
      throw error;
    return withoutBody;
  }
}

async function read(
  answer: Answer,
  redactor: Redactor,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<Interpreted> {
  if (answer.status >= 200 && answer.status <= 299) {
    const read = await success(answer, redactor, signal);
    const inner = innerError(read.body);
    if (inner === undefined) return { ...read, api: undefined };
    const api = innerBody(inner.holder, redactor);
    if (inner.besideResult) return { ...read, api };
    // By the body as it came: a word of the API's may be part of a header's value, and redacted.
    const plain = innerBody(inner.holder, new Redactor([]));
    const kind = classify(inner.status ?? statusByWords(plain), plain);
    const message = api.message ?? "the answer is an error";
    throw refusal(answer, { kind, message, api, status: inner.status }, redactor, clock);
  }
  const found = await parseErrorBody(new TextDecoder().decode(answer.bytes), signal);
  const api = showErrorBody(found, redactor);
  const kind = classify(answer.status, showErrorBody(found, new Redactor([])));
  const message = api.message ?? `the API answered with status ${answer.status}`;
  const unwrapped = api.envelope === "html" || api.envelope === "text";
  const firstLine = unwrapped ? (api.message ?? undefined) : undefined;
  throw refusal(answer, { kind, message, api, firstLine, status: answer.status }, redactor, clock);
}

/** What the API says where it says no. */
function refusal(
  answer: Answer,
  failure: Pick<Failure, "kind" | "message" | "api" | "firstLine" | "status">,
  redactor: Redactor,
  clock: Clock,
): AttemptError {
  const flag = answer.header("x-should-retry")?.trim().toLowerCase();
  const outerStatus = failure.status === answer.status ? undefined : answer.status;
  const retryAfter = retryAfterMs(answer.header, clock);
  return new AttemptError(
    { ...aboutAnswer(answer, undefined, redactor), ...failure, outerStatus, retryAfterMs: retryAfter },
    { shouldRetry: flag === "true" ? true : flag === "false" ? false : undefined },
  );
}

/** The words of an error in a success: of a choice without an `error`, there are none. */
function innerBody(holder: JsonObject, redactor: Redactor): ApiErrorBody {
  const body = errorBodyOf(holder, redactor);
  return body.envelope === "text" ? { ...body, message: null } : body;
}

async function success(
  answer: Answer,
  redactor: Redactor,
  signal: AbortSignal | undefined,
): Promise<Omit<Interpreted, "api">> {
  const fail = (kind: Failure["kind"], message: string, line?: string, objectId?: string): AttemptError =>
    new AttemptError({
      ...aboutAnswer(answer, undefined, redactor),
      kind,
      message,
      firstLine: line,
      objectId,
    });
  const text = decodeUtf8(answer.bytes);
  if (text === undefined && unknownCoding(answer.header("content-encoding") ?? "") !== undefined)
    throw fail("invalid_encoding", "the answer has a content-encoding that was not asked for");
  if (text === undefined) throw fail("invalid_json", "the answer is not valid UTF-8");
  try {
    return { body: await parseJsonInPieces(text, signal), text };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    // Only here: cleaning what nobody will read would be a tenth of a read's time.
    const line = beginning(text, redactor);
    const objectId = idAtStart(text, redactor);
    if (line === "") throw fail("not_json", "the answer is empty", "");
    if (/event-stream/i.test(answer.header("content-type") ?? "") || /^(?:data|event):/.test(text))
      throw fail("not_json", "the answer is a stream of events, though none was asked for", line);
    const json = /\bjson\b/i.test(answer.header("content-type") ?? "") || /^\s*[[{]/.test(text);
    if (!json || /^\s*</.test(text)) throw fail("not_json", "the answer is not JSON", line);
    if (error.reason === "values") {
      const most = maxJsonValues.toLocaleString("en-US");
      throw fail("too_large", `the answer has more than ${most} values`, line, objectId);
    }
    if (error.reason === "ended")
      throw fail("truncated", "the answer was cut off in the middle of its JSON", line, objectId);
    throw fail("invalid_json", `the answer is not valid JSON: ${error.message}`, line, objectId);
  }
}

/** What every failure says of the answer that it comes from; of the body's beginning, where given, its first line. */
export function aboutAnswer(
  answer: Pick<Answer, "status" | "header">,
  start: Buffer | undefined,
  redactor: Redactor,
) {
  const contentType = answer.header("content-type");
  const text = start === undefined ? "" : new TextDecoder().decode(start);
  const line = start === undefined ? "" : beginning(text, redactor);
  const objectId = answer.status <= 299 ? idAtStart(text, redactor) : undefined;
  return {
    ...(line === "" ? {} : { firstLine: line }),
    ...(objectId === undefined ? {} : { objectId }),
    status: answer.status,
    requestId: requestIdOf(answer.header, redactor),
    date: dateOf(answer.header),
    account: accountOf(answer.header, redactor),
    contentType: contentType === undefined ? undefined : displayText(contentType, redactor, 100),
  };
}

/** The ID of an object, where an answer begins with it, as the API's do. */
function idAtStart(text: string, redactor: Redactor): string | undefined {
  const id = /^\s*\{\s*"id"\s*:\s*"([\w-]{1,200})"/.exec(text)?.[1];
  return id !== undefined && redactor.redact(id) === id ? id : undefined;
}

/** How an answer that cannot be used begins, to recognise it by. */
function beginning(text: string, redactor: Redactor): string {
  return displayText(looksLikeJson(text) ? jsonOutline(text) : firstLine(text), redactor);
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

/** The account that an answer is for. A text that has to be changed before it can be shown counts as absent. */
export function accountOf(header: Answer["header"], redactor: Redactor): Account {
  const shown = (name: string) => {
    const text = header(name)?.trim() ?? "";
    return text !== "" && displayText(text, redactor, 200) === text ? text : undefined;
  };
  return { organization: shown("openai-organization"), project: shown("openai-project") };
}

let strictDecoder: InstanceType<typeof TextDecoder> | undefined;

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    strictDecoder ??= new TextDecoder("utf-8", { fatal: true });
    return strictDecoder.decode(bytes);
  } catch {
    return undefined;
  }
}
