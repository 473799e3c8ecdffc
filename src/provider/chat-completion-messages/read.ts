import type { Diagnostics, Pieces } from "../../framework/index.ts";
import {
  type Items,
  isJsonObject,
  jsonSource,
  monotonicNow,
  OpenAIError,
  type OperationOptions,
  paginate,
} from "../../openai/index.ts";
import { Body, describe, mostListValues, type Report, ShapeError, Tally } from "../api/body.ts";
import { mappedInPieces } from "../api/mapped.ts";
import { Mismatches } from "../chat-completion/mismatches.ts";
import { messagesTopic } from "../chat-completion/topic.ts";
import { untilVisible, type Wait } from "../chat-completion/until-visible.ts";
import { explain } from "../explain/explain.ts";
import type { Subject } from "../explain/subject.ts";
import { type InputMessage, inputMessageState } from "./state.ts";

export interface Messages {
  readonly messages: readonly InputMessage[];
  /** All of them as one JSON list, each as received. */
  readonly text: string;
  /** Whether the API has more than the limit allowed to read. */
  readonly hasMore: boolean;
}

/** Which of a completion's messages. */
export interface Span {
  readonly order: "asc" | "desc";
  /** How many in all; null means all there are. */
  readonly limit: number | null;
}

/** Which completion's messages, and whose read it is. */
export interface MessagesSubject extends Pick<Subject, "access" | "operation" | "object"> {
  readonly completionId: string;
}

/**
 * Reads the input messages of a stored completion, as many pages as it takes, and keeps asking while the completion may
 * only not be visible yet. Undefined, with an error added, where that fails.
 */
export async function readMessages(
  subject: MessagesSubject,
  span: Span,
  wait: Wait,
  diagnostics: Diagnostics,
): Promise<Messages | undefined> {
  const mismatches = new Mismatches();
  try {
    const read = (options: OperationOptions) => allMessages(subject, span, options, mismatches);
    const messages = await untilVisible(read, wait);
    mismatches.warn(diagnostics, "The list of messages that the API answered");
    return messages;
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    const about = { ...subject, topic: messagesTopic, id: subject.completionId, list: true };
    diagnostics.add(explain(thrown, { ...about, waitMs: wait.waitMs }));
    return undefined;
  }
}

async function allMessages(
  { access, completionId }: MessagesSubject,
  { order, limit }: Span,
  { signal, timeoutMs = Number.POSITIVE_INFINITY }: OperationOptions,
  mismatches: Mismatches,
): Promise<Messages> {
  const deadline = monotonicNow() + timeoutMs;
  const pages = paginate(
    (page) =>
      access.openai.chatCompletions.messages(
        completionId,
        { order, ...page },
        { signal, timeoutMs: Math.max(deadline - monotonicNow(), 1) },
      ),
    { limit: limit ?? undefined },
  );
  const messages: InputMessage[] = [];
  const tally = new Tally(mostListValues);
  const texts: string[] = [];
  let hasMore = false;
  for await (const items of pages) {
    const found = await mappedInPieces(items.page, states(items, mismatches.of(items.page), tally));
    for (const [index, message] of found.entries()) {
      messages.push(message);
      texts.push(jsonSource(items.page.data, index) ?? "null");
    }
    hasMore = items.hasMore;
  }
  return { messages, text: `[${texts.join(",")}]`, hasMore };
}

function* states({ data }: Items, report: Report, tally: Tally): Pieces<InputMessage[]> {
  const found: InputMessage[] = [];
  for (const [index, item] of data.entries()) {
    const path = `data[${index}]`;
    if (!isJsonObject(item)) throw new ShapeError(path, "a message", describe(item));
    found.push(inputMessageState(new Body(item, path, report, tally)));
    yield;
  }
  return found;
}
