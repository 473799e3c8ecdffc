import type { Pieces, ReadRequest, State } from "../../framework/index.ts";
import { isJsonObject, monotonicNow } from "../../openai/index.ts";
import { timeoutOf } from "../api/arguments.ts";
import { Body } from "../api/body.ts";
import type { MoreCall } from "../api/declaration.ts";
import { pagesOf } from "../api/list-pages.ts";
import { type Found, type Item, readPages } from "../api/list-read.ts";
import { Mismatches } from "../api/mismatches.ts";
import { pathOf, topicOf } from "../api/object-names.ts";
import { explained } from "../api/request.ts";
import { ShapeError } from "../api/shape-error.ts";
import { valueInWords } from "../api/value-in-words.ts";
import { untilVisible } from "../api/visibility.ts";
import { waitOf } from "../api/wait-timeout.ts";
import { readAttributePieces } from "../api/wire.ts";
import type { Subject } from "../explain/explain.ts";
import { hashedId } from "../hashed-id.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import { completion } from "./completion.ts";
import { storedMessageAttributes } from "./message-attributes.ts";
import type { MessagesAttributes } from "./messages.ts";

const of = completion.declaration;

/** What errors say of the messages of one. */
export const messagesTopic = { ...topicOf(of), below: "messages" };

/** Reads the messages of a completion, for their data source. */
export async function readStoredMessages({
  config,
  ...call
}: ReadRequest<MessagesAttributes, OpenAIProvider>) {
  const { completion_id: id, limit, timeouts } = config;
  const access = call.provider.access(config.api_key, call);
  if (access === undefined) return call.diagnostics;
  const order = config.order === "desc" ? "desc" : "asc";
  const waitMs = waitOf(config);
  const found = await readMessages(
    { access, object: "data source", id },
    { order, limit: limit ?? undefined, timeoutMs: timeoutOf(timeouts, "read"), waitMs },
    call,
  );
  if (found === undefined) return call.diagnostics;
  // Without the limit where there is none: the ID is what it was before there were limits.
  const limited = limit === null ? [] : [String(limit)];
  return {
    ...config,
    id: hashedId(access.origin, id, "messages", order, ...limited),
    has_more: found.hasMore,
    messages: found.elements.map(({ message }) => message),
    messages_json: `[${found.elements.map(({ json }) => json).join(",")}]`,
  };
}

/** A message of a stored request, and the same as received. */
interface StoredMessage {
  readonly message: State<typeof storedMessageAttributes>;
  readonly json: string;
}

interface Part {
  readonly order: "asc" | "desc";
  readonly limit?: number | undefined;
  readonly timeoutMs: number;
  /** Milliseconds for which a 404 is not believed yet. */
  readonly waitMs: number;
}

/** Reads the input messages of a stored completion. Undefined, with an error added, where that fails. */
export async function readMessages(
  about: Pick<Subject, "access" | "object"> & { readonly id: string },
  { order, limit, timeoutMs, waitMs }: Part,
  { diagnostics, signal, log }: MoreCall,
): Promise<Found<StoredMessage> | undefined> {
  const subject = { ...about, topic: messagesTopic, list: true, waitMs };
  const mismatches = new Mismatches();
  const listed = { path: pathOf(of, {}, about.id, "messages"), query: [["order", order]] } as const;
  const { access } = about;
  const found = await explained({ diagnostics }, subject, () =>
    untilVisible(
      ({ timeoutMs: left = timeoutMs }) => {
        const until = monotonicNow() + left;
        const options = () => ({ signal, timeoutMs: Math.max(until - monotonicNow(), 1) });
        return readPages(pagesOf(listed, { access, limit, options, log }), mismatches, messageOf);
      },
      { timeoutMs, waitMs, signal, log },
    ),
  );
  if (found !== undefined) mismatches.warn(diagnostics, () => "The list of messages that the API answered");
  return found;
}

function* messageOf({ value, path, report, tally, text }: Item): Pieces<StoredMessage> {
  if (!isJsonObject(value)) throw new ShapeError(path, "a message", valueInWords(value));
  const body = new Body(value, path, report, tally);
  const message = yield* readAttributePieces(storedMessageAttributes, body);
  return { message, json: text() ?? "null" };
}
