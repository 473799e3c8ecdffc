import type { Diagnostic, Path } from "../../framework/index.ts";
import { capText, type ErrorKind, type OpenAIError } from "../../openai/index.ts";
import { attempts } from "../duration.ts";
import { accessTexts } from "./access.ts";
import { answerTexts } from "./answer.ts";
import { connectionTexts } from "./connection.ts";
import { limitTexts } from "./limits.ts";
import { promptTexts } from "./prompt.ts";
import type { Subject } from "./subject.ts";

export type { Subject } from "./subject.ts";

/** A title, and paragraphs: what happened and why, then what to do. */
export interface Texts {
  readonly summary: string;
  readonly paragraphs: readonly string[];
  readonly path?: Path;
}

/**
 * A failed request in a practitioner's words. The API's own words are quoted, cleaned, and at the end
 * stands what a support request needs: status, request ID, attempts and time. Never a key.
 */
export function explain(error: OpenAIError, subject: Subject): Diagnostic {
  const texts =
    promptTexts(error, subject) ??
    accessTexts(error, subject) ??
    limitTexts(error, subject) ??
    connectionTexts(error, subject) ??
    answerTexts(error, subject);
  const diagnostic = diagnosticOf(error, texts);
  if (subject.operation !== "create" || !mayBeCarriedOut(error)) return diagnostic;
  const { objectId } = error.last ?? error.failure;
  const {
    lost,
    noun,
    named = `an import by it takes the ${noun} into state, if it was created`,
  } = subject.topic;
  const begun =
    objectId === undefined ? "" : `\n\nThe answer began with the ID ${JSON.stringify(objectId)}: ${named}.`;
  return { ...diagnostic, detail: `${diagnostic.detail}\n\n${lost}${begun}` };
}

/** Kinds after which a request that was sent may have been carried out. */
const undecided: ReadonlySet<ErrorKind> = new Set([
  "reset",
  "connection_failed",
  "attempt_timeout",
  "operation_timeout",
  "aborted",
  "invalid_http",
  "invalid_encoding",
  "invalid_json",
  "not_json",
  "truncated",
  "too_large",
  "unexpected_shape",
  "unexpected_status",
  "server_error",
]);

/** Whether a request that failed may have been carried out all the same. */
export function mayBeCarriedOut({ kind, sent, preparing, failure }: OpenAIError): boolean {
  // An error in the body of a success says that there is no answer, and nothing was made.
  return sent && !preparing && undecided.has(kind) && failure.outerStatus === undefined;
}

/** The diagnostic of a failed request whose words are chosen already. */
export function diagnosticOf(error: OpenAIError, texts: Texts): Diagnostic {
  return {
    severity: "error",
    summary: texts.summary,
    detail: [...texts.paragraphs, ...apiWords(error), facts(error, texts)]
      .filter((part) => part !== "")
      .join("\n\n"),
    ...(texts.path === undefined ? {} : { path: texts.path }),
  };
}

/** What the API said, on a line that Terraform does not wrap. */
function apiWords(error: OpenAIError): string[] {
  const { api, firstLine } = error.last ?? error.failure;
  if (api?.message != null) return [`The API said:\n  ${api.message}`];
  return firstLine ? [`The answer begins with:\n  ${capText(firstLine, 300)}`] : [];
}

/** Status, request ID, attempts and time: what a support request needs. */
function facts(error: OpenAIError, { paragraphs }: Texts): string {
  const { status, outerStatus, requestId } = error.last ?? error.failure;
  const tried = attempts(error);
  const inside = outerStatus === undefined ? "" : ` in the body of an answer with status ${outerStatus}`;
  return [
    ...(status === undefined && inside === ""
      ? []
      : [`${status === undefined ? "Error" : `Status ${status}`}${inside}`]),
    ...(requestId === undefined ? [] : [`request ID ${requestId}`]),
    ...(error.attempts > 1 && !paragraphs.some((text) => text.includes(tried)) ? [tried] : []),
  ].join(", ");
}
