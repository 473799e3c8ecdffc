import type { OpenAIError } from "../openai/index.ts";
import { inWords } from "./duration.ts";
import type { Texts } from "./explain.ts";
import { completionIdPath, requestWords, type Subject } from "./subject.ts";

/** Texts for answers: a missing completion, a wrong URL, and what is no answer of the API's at all. */
export function answerTexts(error: OpenAIError, subject: Subject): Texts {
  const { access } = subject;
  switch (error.kind) {
    case "not_found":
      return subject.completionId === undefined ? refused(error, subject) : notFound(subject);
    case "wrong_url":
      return {
        summary: "No stored completions at this URL",
        paragraphs: [
          `${access.baseUrl} answers, but not as the API does for stored chat completions: probably base_url is wrong` +
            `${subject.of === "list" ? "" : ", and not the completion missing"}.`,
          hintAtVersion(access.baseUrl),
        ],
      };
    case "bad_request":
    case "conflict":
      return refused(error, subject);
    case "server_error":
      return {
        summary: "API failed",
        paragraphs: [
          `${access.baseUrl} answered with a server error, to the last of ${error.attempts} attempt` +
            `${error.attempts === 1 ? "" : "s"}.`,
          "Try again later; status.openai.com shows known incidents. max_retries in the provider block sets how often a " +
            "request is repeated.",
        ],
      };
    case "redirect":
      return {
        summary: "Redirect refused",
        paragraphs: [
          `${access.origin} redirects to ${error.failure.location ?? "another place"}. A redirect to another origin is not ` +
            "followed, so that the key goes nowhere else.",
          "If the API has moved, set base_url to where it is.",
        ],
      };
    case "too_large":
      return {
        summary: "Answer too large",
        paragraphs:
          subject.of === "list"
            ? [
                `${access.baseUrl} sent more than this provider reads: ${error.failure.message}.`,
                "Ask for less: set limit, or filter by model and metadata.",
              ]
            : [
                `The answer of ${access.baseUrl} is larger than 32 MiB, the most that this provider reads.`,
                "No stored completion is that large. Is base_url right?",
              ],
      };
    case "truncated":
      return {
        summary: "Answer cut short",
        paragraphs: [
          `The connection to ${access.origin} ended in the middle of the answer: ${error.failure.message}.`,
          "Something between here and there cut it, for example a proxy. Try again.",
        ],
      };
    case "file_changed":
      return {
        summary: "File changed while it was sent",
        paragraphs: [
          "The file was changed by something else while it was on its way to the API, so that nothing was created.",
          "Run terraform apply again once the file is complete.",
        ],
      };
    case "invalid_http":
      return {
        summary: "Unexpected answer from the API",
        paragraphs: [
          `What came from ${access.origin} is not valid HTTP, by the server or a proxy: ${error.failure.message}` +
            `${error.failure.systemCode === undefined ? "" : ` (${error.failure.systemCode})`}.`,
          "Report it to the operator of the server or gateway, and of the proxy if there is one. Without that proxy it " +
            "may work: name the host in NO_PROXY.",
        ],
      };
    case "unexpected_shape":
      return {
        summary: "Unexpected answer from the API",
        paragraphs: [
          `${access.baseUrl} answered the request ${requestWords(subject)}, but not with ${expected(subject)} ` +
            `as the API describes it: ${error.failure.message}.`,
          "Is base_url right? A gateway may change the answers of the API; if this one is right, and OpenAI's own, " +
            "please report it to the provider's developers.",
        ],
      };
    default:
      return {
        summary: "Unexpected answer from the API",
        paragraphs: [
          `What ${access.baseUrl} answered cannot be used: ${error.failure.message}.`,
          "Is base_url right? A proxy or a login page may have answered in the API's place.",
        ],
      };
  }
}

/** A request that the API does not accept, shown on the argument that the API names. */
function refused(error: OpenAIError, subject: Subject): Texts {
  const param = error.api?.param ?? undefined;
  const named = param === undefined ? undefined : subject.argument?.(param);
  const { path } = named === undefined ? completionIdPath(subject) : { path: named };
  return {
    summary: "Request refused by the API",
    paragraphs: [
      `${subject.access.baseUrl} does not accept the request ${requestWords(subject)}.`,
      path === undefined
        ? "Check the arguments, and what the API says of them."
        : `Check ${path} and what the API says of it.`,
    ],
    ...(path === undefined ? {} : { path }),
  };
}

function expected({ of }: Subject): string {
  return of === "list" || of === "messages" ? "a list" : "a chat completion";
}

function notFound(subject: Subject): Texts {
  const { access, completionId, waitMs = 0, object = "data source" } = subject;
  const reads = object !== "resource";
  const waited = waitMs > 0 ? `, also after waiting ${inWords(waitMs)}` : "";
  return {
    summary: "Chat completion not found",
    paragraphs: [
      `The API has no stored chat completion ${JSON.stringify(completionId)}${waited}. It does not say why; the possible ` +
        "causes are:",
      "  - it was not created with store = true\n" +
        "  - it belongs to another project or organization than the key\n" +
        "  - it was deleted, or is older than 30 days\n" +
        "  - the organization keeps nothing (zero data retention)\n" +
        `  - it was created seconds ago${reads ? ': set wait_timeout, for example wait_timeout = "30s"' : ""}`,
      ...(access.keySource === "data source" ? [`The key is that of this ${object}.`] : []),
    ],
    ...completionIdPath(subject),
  };
}

function hintAtVersion(baseUrl: string): string {
  return /\/v\d+\w*$/.test(baseUrl)
    ? "Is the path right, and does the gateway pass on /chat/completions/{id}? OpenAI's own base URL is https://api.openai.com/v1."
    : `It may need the version at its end: ${baseUrl}/v1.`;
}
