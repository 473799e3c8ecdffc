import { stringify } from "./json.ts";
import type { Envelope } from "./options.ts";
import type { Reply } from "./reply.ts";

/** What an error says beside its status and message; absent members are null on the wire. */
export interface ErrorDetails {
  readonly type?: string;
  readonly param?: string;
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Newer errors have no `param` key at all. */
  readonly withoutParam?: boolean;
}

/** An error that the API answers with; thrown by operations and rendered by the server. */
export class APIError extends Error {
  readonly status: number;
  readonly details: ErrorDetails;

  constructor(status: number, message: string, details: ErrorDetails = {}) {
    super(message);
    this.status = status;
    this.details = details;
  }
}

/** A 400 about one parameter. */
export function invalid(message: string, param?: string, code?: string): APIError {
  return new APIError(400, message, {
    ...(param === undefined ? {} : { param }),
    ...(code === undefined ? {} : { code }),
  });
}

/** The error as it is sent: OpenAI's is indented by two spaces and has no newline at its end. */
export function renderError(error: APIError, envelope: Envelope): Reply {
  const { type = "invalid_request_error", param = null, code = null, headers = {} } = error.details;
  const { status, message } = error;
  const reply = (body: string): Reply => ({
    status,
    headers: {
      "content-type": status === 401 ? "application/json; charset=utf-8" : "application/json",
      ...headers,
    },
    body: Buffer.from(body),
  });
  if (envelope === "string") return reply(stringify({ error: message }, 2));
  if (envelope === "fastapi") return reply(stringify({ detail: message }));
  // Azure's own layer answers in the short form; refused parameters come from the model's service behind it.
  if (envelope === "azure" && status !== 400)
    return reply(stringify({ error: { code: `${status}`, message } }));
  const members = error.details.withoutParam === true ? { type, code } : { type, param, code };
  return reply(stringify({ error: { message, ...members } }, 2));
}
