import { Path } from "../../framework/index.ts";
import type { OpenAIError } from "../../openai/index.ts";
import { withArticle } from "../api/object-names.ts";
import { inWords } from "../duration.ts";
import type { Texts } from "./explain.ts";
import { idPath, requestWords, type Subject } from "./subject.ts";

/** Texts for answers: a missing completion, a wrong URL, and what is no answer of the API's at all. */
export function answerTexts(error: OpenAIError, subject: Subject): Texts {
  const { access, topic } = subject;
  switch (error.kind) {
    case "not_found":
    case "model_access":
      return subject.id === undefined ? refused(error, subject) : notFound(error, subject);
    case "wrong_url":
      return {
        summary: `No ${topic.plural} at this URL`,
        paragraphs: [
          `${access.baseUrl} answers, but not as the API does for ${topic.plural}: probably base_url is wrong` +
            `${subject.id === undefined ? "" : `, and not the ${topic.noun} missing`}.`,
          hintAtVersion(subject),
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
          error.failure.location === access.origin
            ? `${access.origin} redirects, and that is not followed: ${error.failure.message}.`
            : `${access.origin} redirects to ${error.failure.location ?? "another place"}. A redirect to another origin is not ` +
              "followed, so that the key goes nowhere else.",
          "If the API has moved, set base_url to where it is.",
        ],
      };
    case "too_large":
      return {
        summary: "Answer too large",
        paragraphs:
          subject.list === true
            ? [
                `${access.baseUrl} sent more than this provider reads: ${error.failure.message}.`,
                "Ask for less: set limit, or a filter.",
              ]
            : [
                `The answer of ${access.baseUrl} is more than this provider reads, which is 32 MiB and 8,000,000 values: ` +
                  `${error.failure.message}.`,
                `No ${topic.noun} is that large. Is base_url right?`,
              ],
      };
    case "truncated":
      return {
        summary: "Answer cut short",
        paragraphs: [
          `The connection to ${access.origin} ended in the middle of the answer: ${error.failure.message}.`,
          subject.operation === "create"
            ? "Something between here and there cut it, for example a proxy."
            : "Something between here and there cut it, for example a proxy. Try again.",
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
    case "not_saved":
      return {
        summary: "Answer not saved",
        paragraphs: [
          `${access.origin} answered, and the answer could not be written to the disk (${error.failure.systemCode ?? "no reason given"}).`,
          "Check the disk's space and permissions, and try again.",
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
    case "another_object":
      return {
        summary: "Answer for another object",
        paragraphs: [
          `${access.baseUrl} answered the request ${requestWords(subject)} with another ${topic.noun}: ${error.failure.message}. ` +
            "The API itself does not do that: a cache, a proxy or a gateway has given out what it has for another request. " +
            "Nothing of it is used, and state stays as it was.",
          "Try again. If it stays so, report it to the operator of the gateway or proxy: answers of the API must not be cached.",
        ],
        ...idPath(subject),
      };
    case "unexpected_shape":
      return {
        summary: "Unexpected answer from the API",
        paragraphs: [
          `${access.baseUrl} answered the request ${requestWords(subject)}, but not with ${subject.list === true ? "a list" : withArticle(topic.noun)} ` +
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
  const missing = error.kind === "not_found";
  const quoted = missing ? quotedIn(error, subject) : undefined;
  if (quoted !== undefined) return argumentNotFound(quoted, subject);
  const { path } = named === undefined ? idPath(subject) : { path: named };
  return {
    summary: "Request refused by the API",
    paragraphs: [
      missing
        ? `${subject.access.baseUrl} does not find what the request ${requestWords(subject)} names.`
        : `${subject.access.baseUrl} does not accept the request ${requestWords(subject)}.`,
      path !== undefined
        ? `Check ${path} and what the API says of it.`
        : missing
          ? `Check the IDs among the arguments. ${whyMissing(subject)}`
          : "Check the arguments, and what the API says of them.",
      ...(missing || error.kind === "bad_request" ? hintsOf(subject) : []),
    ],
    ...(path === undefined ? {} : { path }),
  };
}

/** The argument that the API's own words name. */
function quotedIn({ api }: OpenAIError, { quoted }: Subject): Quoted | undefined {
  return api?.message == null ? undefined : quoted?.(api.message);
}

type Quoted = NonNullable<ReturnType<NonNullable<Subject["quoted"]>>>;

/** What an object is below, or refers to, and not the object, is what the API does not find. */
function argumentNotFound({ name, value }: Quoted, subject: Subject): Texts {
  return {
    summary: `ID in ${name} not found`,
    paragraphs: [
      `The API does not find ${JSON.stringify(value)}, which ${name} names, and refuses the request ${requestWords(subject)}.`,
      `Check ${name}. ${whyMissing(subject)}`,
      ...hintsOf(subject),
    ],
    path: Path.root.atName(name),
  };
}

function notFound(error: OpenAIError, subject: Subject): Texts {
  const { access, topic, id, waitMs = 0, object = "data source" } = subject;
  const quoted = quotedIn(error, subject);
  if (quoted !== undefined && quoted.value !== id && !(error.api?.message ?? "").includes(String(id)))
    return argumentNotFound(quoted, subject);
  const waited = waitMs > 0 ? `, also after waiting ${inWords(waitMs)}` : "";
  const causes = [
    ...topic.missing(object !== "resource"),
    `it belongs to another ${access.key === "admin" ? "organization" : "project or organization"} than the key`,
    "it was deleted",
  ];
  return {
    summary: `${topic.title} not found`,
    paragraphs: [
      `The API has no ${topic.noun} ${JSON.stringify(id)}${waited}. It does not say why; the possible causes are:`,
      causes.map((cause) => `  - ${cause}`).join("\n"),
      ...hintsOf(subject),
      ...(access.key === "admin" && topic.listed !== undefined
        ? [`Correct the ID: the data source "${topic.listed}" reads those that there are.`]
        : []),
      ...(access.keySource === "object" ? [`The key is that of this ${object}.`] : []),
    ],
    ...(quoted === undefined ? idPath(subject) : { path: Path.root.atName(quoted.name) }),
  };
}

/** What keeps the API from finding what a creation or a list is below. */
function whyMissing({ access }: Subject): string {
  return access.key === "admin"
    ? "The API finds none that is mistyped, deleted, archived, or of another organization: the list data sources read those " +
        "that there are."
    : "The API finds none that is mistyped, deleted, or of another project than the key's.";
}

function hintsOf({ hints }: Subject): string[] {
  const said = hints?.() ?? [];
  return said.length === 0 ? [] : [said.join("\n")];
}

function hintAtVersion({ access: { baseUrl }, topic }: Subject): string {
  return /\/v\d+\w*$/.test(baseUrl)
    ? `Is the path right, and does the gateway pass on ${topic.path}/{id}? OpenAI's own base URL is https://api.openai.com/v1.`
    : `It may need the version at its end: ${baseUrl}/v1.`;
}
