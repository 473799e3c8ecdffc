import { type ErrorKind, OpenAIError } from "../../src/openai/index.ts";
import { completionTopic } from "../../src/provider/chat-completion/topic.ts";
import { explain } from "../../src/provider/explain/explain.ts";
import type { Access } from "../../src/provider/openai-provider.ts";

/** Every kind of failure; the compiler sees to it that none is missing. */
const kinds: Readonly<Record<ErrorKind, true>> = {
  not_found: true,
  wrong_url: true,
  authentication: true,
  missing_scopes: true,
  ip_not_authorized: true,
  mismatched_organization: true,
  mismatched_project: true,
  region: true,
  model_access: true,
  permission: true,
  rate_limit: true,
  quota: true,
  bad_request: true,
  conflict: true,
  server_error: true,
  unexpected_status: true,
  refused: true,
  name_not_found: true,
  unreachable: true,
  reset: true,
  connection_failed: true,
  tls_expired: true,
  tls_unknown_authority: true,
  tls_wrong_name: true,
  tls_weak: true,
  tls_not_spoken: true,
  tls_other: true,
  proxy: true,
  attempt_timeout: true,
  operation_timeout: true,
  aborted: true,
  file_changed: true,
  invalid_http: true,
  invalid_encoding: true,
  invalid_json: true,
  not_json: true,
  truncated: true,
  too_large: true,
  redirect: true,
  unexpected_shape: true,
};

/** The titles that a failed read of a completion can have, whatever fails. */
export function readTitles(access: Access): string[] {
  const subject = { access, topic: completionTopic, id: "chatcmpl-1" };
  const context = { method: "GET", origin: access.origin, path: "/v1", attempts: 1, elapsedMs: 1 };
  const titles = Object.keys(kinds).map((kind) => {
    const error = new OpenAIError({ kind: kindOf(kind), message: "it failed" }, context);
    return explain(error, subject).summary;
  });
  // Before a request, and beside an answer.
  return [...new Set([...titles, "No API key", "The API answered with an error"])];
}

function kindOf(name: string): ErrorKind {
  const kind = Object.keys(kinds).find((each): each is ErrorKind => each === name);
  if (kind === undefined) throw new Error(name);
  return kind;
}
