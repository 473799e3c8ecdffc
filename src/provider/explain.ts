import type { Diagnostic, Path } from "../framework/index.ts";
import { capText, type OpenAIError } from "../openai/index.ts";
import { attempts } from "./duration.ts";
import { accessTexts } from "./explain-access.ts";
import { answerTexts } from "./explain-answer.ts";
import { connectionTexts } from "./explain-connection.ts";
import { limitTexts } from "./explain-limits.ts";
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
    accessTexts(error, subject) ??
    limitTexts(error, subject) ??
    connectionTexts(error, subject) ??
    answerTexts(error, subject);
  return diagnosticOf(error, texts);
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
