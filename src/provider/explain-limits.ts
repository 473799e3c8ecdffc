import type { OpenAIError } from "../openai/index.ts";
import { attempts, type Texts } from "./explain.ts";
import { operationNoun, operationOf, operationTitle, type Subject } from "./subject.ts";

/** Texts for limits of rate, money and time; undefined for other errors. */
export function limitTexts(error: OpenAIError, subject: Subject): Texts | undefined {
  const { access } = subject;
  const noun = operationNoun(subject);
  const moreTime = `Give the ${noun} more time (timeouts = { ${operationOf(subject)} = "15m" })`;
  const tried = attempts(error);
  const kind =
    error.kind === "operation_timeout" && error.last?.kind === "rate_limit" ? "rate_limit" : error.kind;
  switch (kind) {
    case "rate_limit":
      return {
        summary: "Rate limit not lifted in time",
        paragraphs: [
          `The API kept answering with a rate limit, and the wait for it is longer than what is left of this ${noun}'s time: ${tried}.`,
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
          `${access.baseUrl} did not answer within the time that this ${noun} may take: ${tried}.` +
            (error.last === undefined ? "" : ` The last attempt ended with: ${error.last.message}.`),
          `${moreTime}, or check the network.`,
        ],
      };
    case "attempt_timeout":
      return {
        summary: "No answer in time",
        paragraphs: [
          `${access.origin} took the request but sent no whole answer in the time that one attempt may take: ${tried}.`,
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
