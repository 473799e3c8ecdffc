// The table of the errors of an object: titles and causes are those of the provider's own messages.

/** @typedef {import("./load-provider.mjs").Declared} Declared */
/** @typedef {import("./page.mjs").Subject} Subject */
/** @typedef {import("../../src/openai/index.ts").ErrorKind} ErrorKind */
/** @typedef {{ kinds: readonly ErrorKind[], text: (message: Message) => string }} Row */
/** @typedef {{ detail: string, object: string, operation: string, key: string }} Message */

/** Rows for requests that fail, by the kinds of errors whose messages they explain. @type {Record<string, Row>} */
const failures = {
  not_found: { kinds: ["not_found"], text: causes },
  wrong_url: {
    kinds: ["wrong_url"],
    text: () =>
      "`base_url` is probably wrong, for example without `/v1`, or the gateway does not offer this.",
  },
  authentication: {
    kinds: ["authentication"],
    text: ({ object }) =>
      `The key is wrong or revoked. The message says whether it came from the ${object}, the provider block or the ` +
      "environment.",
  },
  missing_scopes: {
    kinds: ["missing_scopes"],
    text: ({ key }) =>
      key === "admin"
        ? "A restricted admin key lacks a scope, which the message names: allow it in the organization's settings. Or the key is " +
          "that of a project."
        : "A restricted key lacks a scope, which the message names: allow it in the project's settings.",
  },
  mismatched: {
    kinds: ["mismatched_project", "mismatched_organization"],
    text: () => "Correct `project` or `organization`, or leave it out.",
  },
  rate_limit: {
    kinds: ["rate_limit"],
    text: ({ operation, key }) =>
      key === "admin"
        ? "Nothing but the limit was answered: something else, such as another run, uses all that the organization is " +
          `granted. Run again when that has ended, or raise \`timeouts.${operation}\`.`
        : `Raise \`timeouts.${operation}\`, or lower Terraform's \`-parallelism\`.`,
  },
  quota: {
    kinds: ["quota"],
    text: () => "Waiting does not help: the account has no credit left.",
  },
  timeout: {
    kinds: ["operation_timeout"],
    text: ({ operation }) => `All attempts together took longer than \`timeouts.${operation}\`.`,
  },
  too_large: {
    kinds: ["too_large"],
    text: () => "All pages together exceed 256 MiB: set `limit`, or filter.",
  },
  refused: {
    kinds: ["bad_request"],
    text: () => "The API does not accept an argument: the message names it, and quotes the API.",
  },
  lost: {
    kinds: ["operation_timeout", "attempt_timeout", "connection_failed"],
    text: () =>
      "If the message says that the request was sent, it may have been carried out. The message says how to find the " +
      "object, and an import takes it into state.",
  },
  file_changed: {
    kinds: ["file_changed"],
    text: () => "Nothing was created: apply again once the file is complete.",
  },
  unexpected: {
    kinds: ["unexpected_shape"],
    text: () =>
      "As an error: what answered is not the API. As a warning: a member is not as the API describes it, and is null; " +
      "all else is there. The message shows what came.",
  },
};

/**
 * Rows for messages that only stored completions have. Their titles are held to the provider's by
 * test/conformance/error-titles.test.ts, which brings each of them about.
 * @type {Record<string, { title: string, text: string }>}
 */
export const ownErrors = {
  no_key: { title: "No API key", text: "None is set; the message names every place for one." },
  unknown_model: {
    title: "Unknown model",
    text: "The API has no such model, or the project has no access to it.",
  },
  too_long: {
    title: "Prompt too long for the model",
    text: "Messages and answer have more tokens than fit into the model's context.",
  },
  policy: {
    title: "Prompt refused by the content policy",
    text: "The API takes the messages for a breach of its usage policies.",
  },
  no_answer: {
    title: "The API answered with an error",
    text:
      "A warning: the answer has an error in it, which the message shows. A created completion is kept with it; " +
      "`terraform apply -replace=ADDRESS` asks again, and costs again.",
  },
  no_id: {
    title: "Unexpected answer from the API",
    text:
      "As a warning: a member of the answer is not as the API describes it, and is null; all else is there. As an error " +
      "of a creation: the answer has no ID, so that nothing can be kept. Such an API cannot be used with this resource, " +
      "and each apply costs.",
  },
  not_readable_yet: {
    title: "Chat completion not readable yet",
    text: "A warning. The completion was created, and could not be read in time; a later plan reads it, if the API stores it.",
  },
  cannot_be_read: {
    title: "Chat completion cannot be read",
    text:
      "A warning. It was never read: the organization may keep nothing (zero data retention), the project may not allow " +
      "storing, or the API is a gateway or a local server that stores nothing.",
  },
  another_account: {
    title: "Chat completion belongs to another account",
    text: "A warning. The key, organization, project or base URL has changed since the completion was read. It is kept in state.",
  },
  kept: {
    title: "Chat completion not found, and kept",
    text: "A warning. It was deleted, or the account has changed: the API does not name the account. It is kept in state.",
  },
  expired: {
    title: "Chat completion expired",
    text: "A warning. It is older than 30 days; `on_expiry` says whether it is kept without a warning, or created again.",
  },
  metadata_in_state: {
    title: "Metadata changed in state only",
    text: "A warning. The API does not have the completion, for one of the reasons above.",
  },
  may_be_stored: {
    title: "Chat completion may still be stored",
    text: "A warning. It was removed from state, and no deletion is confirmed, for one of the reasons above.",
  },
  not_deleted: {
    title: "Chat completion not deleted",
    text: "It is still there after the deletion: run destroy again.",
  },
  write_only: {
    title: "Write-only argument not supported",
    text: "`messages_wo` needs Terraform 1.11 or later, or OpenTofu 1.11 or later.",
  },
};

/**
 * A table of the named rows: of `failures`, with the titles and causes that this object's messages have, and of
 * `ownErrors`. Undefined for a name that neither has.
 * @param {readonly string[]} names @param {Declared} declared @param {Subject} subject
 */
export function errorsMarkdown(names, declared, subject) {
  const list = subject.schema !== undefined && "limit" in subject.schema.attributes;
  const rows = names.map((each) => {
    if (each === "mismatched" && keyOf(subject) === "admin") return "";
    // Where many are read, the API refuses the request and not an object.
    const name = list && each === "not_found" ? "refused" : each;
    const own = ownErrors[name];
    if (each === "no_key" && keyOf(subject) === "admin")
      return `| No admin API key | ${ownErrors.no_key?.text} |`;
    if (own !== undefined) return `| ${own.title} | ${own.text} |`;
    const failure = failures[name];
    return failure && row(failure, declared, { ...subject, list });
  });
  if (rows.includes(undefined)) return undefined;
  const table = rows.filter((each) => each !== "").join("\n");
  return `Each message ends with the API's own words, the status and the request's ID, where there are any.\n\n| message | cause and remedy |\n|---|---|\n${table}`;
}

/** @param {Row} row @param {Declared} declared @param {Subject & { list: boolean }} subject */
function row({ kinds, text }, { explain, OpenAIError, topicOf, completion }, subject) {
  const { about: declared, label = "", list } = subject;
  const { object, operation } = uses[label] ?? uses["Data Source"];
  const key = keyOf(subject);
  const request = {
    access: { ...access, key },
    topic: topicOf(asked(declared ?? completion.declaration)),
    object,
    operation,
    ...(list ? { list: true } : { id: declared?.id ?? "chatcmpl-abc123" }),
  };
  const messages = kinds.map((kind) => {
    const context = { method: "GET", origin: access.origin, path: "", attempts: 1, elapsedMs: 0 };
    return explain(new OpenAIError({ kind, message: "" }, context), request);
  });
  const titles = [...new Set(messages.map(({ summary }) => summary))];
  return `| ${titles.join(", ")} | ${text({ detail: messages[0]?.detail ?? "", object, operation, key })} |`;
}

/** The key that an object is asked for with. @param {Subject} subject */
function keyOf({ about }) {
  return about?.key ?? "project";
}

/** What is missing where an object is missing: of a search, the vector store. @param {import("./load-provider.mjs").ApiObject} declared */
function asked(declared) {
  return declared.query === undefined ? declared : { ...declared, noun: declared.query.about };
}

/** @typedef {import("../../src/provider/explain/subject.ts").Subject} Explained */
/** @typedef {Required<Pick<Explained, "object" | "operation">>} Use */

/** @type {Record<string, Use> & { "Data Source": Use }} */
const uses = {
  "Data Source": { object: "data source", operation: "read" },
  "Ephemeral Resource": { object: "ephemeral resource", operation: "open" },
  Resource: { object: "resource", operation: "create" },
};

// Messages read no more of it.
const access = /** @type {Explained["access"]} */ (
  /** @type {unknown} */ ({
    baseUrl: "https://api.openai.com/v1",
    origin: "https://api.openai.com",
    keySource: "provider",
    credentials: [],
    withheld: [],
  })
);

/** The causes that a message lists, as one sentence. @param {Message} message */
function causes({ detail }) {
  const listed = [...detail.matchAll(/^ {2}- (.+)$/gm)].map(([, cause]) => cause);
  return `${sentence(listed.join("; "))}.`;
}

/** @param {string} text */
function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
