import type { OpenAIError } from "../../openai/index.ts";
import { attempts, waitInWords } from "../duration.ts";
import type { Texts } from "./explain.ts";
import { operationNoun, operationOf, operationTitle, type Subject } from "./subject.ts";

/** Texts for limits of rate, money and time; undefined for other errors. */
export function limitTexts(error: OpenAIError, subject: Subject): Texts | undefined {
  const { access } = subject;
  const noun = operationNoun(subject);
  const waitMs = error.failure.waitMs ?? 0;
  const moreTime = timeFor(waitMs, subject);
  const tried = attempts(error);
  const kind =
    error.kind === "operation_timeout" && error.last?.kind === "rate_limit" ? "rate_limit" : error.kind;
  switch (kind) {
    case "rate_limit":
      // With an admin key the wait for its turn is free, and ends only where nothing is answered at all.
      if (access.key === "admin")
        return {
          summary: "Rate limit not lifted in time",
          paragraphs: [
            `For as long as this ${noun} may take, the API answered nothing of this kind but its rate limit` +
              `${waitMs === 0 ? "" : `, and asks to wait ${waitInWords(waitMs)} more`}: ${tried}.`,
            "Something else may use all that the organization is granted, such as another run of Terraform. Run it again " +
              `when that has ended. ${moreTime}, and it will wait longer.`,
          ],
        };
      return {
        summary: "Rate limit not lifted in time",
        paragraphs: [
          `The API ${error.attempts > 1 ? "kept answering" : "answered"} with a rate limit, and the wait for it` +
            `${waitMs === 0 ? "" : ` (${waitInWords(waitMs)})`} is longer than what is left of this ${noun}'s time: ${tried}.`,
          `${moreTime}, or ask for less at once (terraform plan -parallelism=2).`,
        ],
      };
    case "quota":
      return {
        summary: "Quota exhausted",
        paragraphs: [
          "The account has no credit or quota left. Waiting does not help, so this was not tried again.",
          "Check the plan and the billing of the organization that the key belongs to.",
        ],
      };
    case "operation_timeout":
      return {
        summary: `${operationTitle(subject)} not finished in time`,
        paragraphs: [
          (error.failure.answered === true
            ? `${access.baseUrl} answered, but with so much that it was not read to its end within the time that this ${noun} ` +
              `may take: ${tried}.`
            : waitMs === 0
              ? `${unanswered(error, access)} within the time that this ${noun} may take: ${tried}.`
              : `${access.baseUrl} asks to wait ${waitInWords(waitMs)} before another attempt, which is longer than what ` +
                `is left of this ${noun}'s time: ${tried}.`) +
            (error.last === undefined ? "" : ` The last attempt ended with: ${error.last.message}.`),
          waitMs === 0 ? `${moreTime}, or check the network.` : `${moreTime}.`,
        ],
      };
    case "attempt_timeout":
      return {
        summary: "No answer in time",
        paragraphs: [
          error.sent
            ? `${access.origin} took the request but sent no whole answer in the time that one attempt may take: ${tried}.`
            : `No connection to ${access.origin}${proxied(error)} was made in the time that one attempt may take, and the ` +
              `request was not sent: ${tried}.`,
          'Give an attempt more time (timeout = "120s" in the provider block), or check the network and any proxy.',
        ],
      };
    case "aborted":
      return {
        summary: `${operationTitle(subject)} cancelled`,
        paragraphs: ["Terraform was interrupted; the request was given up."],
      };
    default:
      return undefined;
  }
}

const minute = 60_000;

/** What lets it go through: time for the wait and some more; beyond what `timeouts` may say, another run. */
function timeFor(waitMs: number, subject: Subject): string {
  const minutes = waitMs < 10 * minute ? 15 : Math.ceil(waitMs / minute) + 10;
  return minutes > 24 * 60
    ? "Run Terraform again after that wait"
    : `Give the ${operationNoun(subject)} more time (timeouts = { ${operationOf(subject)} = "${minutes}m" })`;
}

/** What was waited for when the time was over: without a failure before it, a connection or an answer. */
function unanswered(error: OpenAIError, { baseUrl, origin }: Subject["access"]): string {
  return error.sent || error.last !== undefined || error.attempts === 0
    ? `${baseUrl} did not answer`
    : `No connection to ${origin}${proxied(error)} was made, and the request was not sent,`;
}

function proxied({ failure }: OpenAIError): string {
  return failure.proxy === undefined ? "" : ` through the proxy ${failure.proxy}`;
}
