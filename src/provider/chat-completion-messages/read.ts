import type { Diagnostics } from "../../framework/index.ts";
import {
  type Items,
  isJsonObject,
  jsonSource,
  OpenAIError,
  type OperationOptions,
  paginate,
} from "../../openai/index.ts";
import { Body, describe, ShapeError } from "../chat-completion/body.ts";
import { mapped } from "../chat-completion/read.ts";
import { untilVisible, type Wait } from "../chat-completion/until-visible.ts";
import { explain } from "../explain.ts";
import type { Subject } from "../subject.ts";
import { type InputMessage, inputMessageState } from "./state.ts";

export interface Messages {
  readonly messages: readonly InputMessage[];
  /** All of them as one JSON list, each as received. */
  readonly text: string;
}

/** Which completion's messages, and whose read it is. */
export interface MessagesSubject extends Pick<Subject, "access" | "of" | "operation" | "object"> {
  readonly completionId: string;
}

/**
 * Reads the input messages of a stored completion, all pages, and keeps asking while the completion may
 * only not be visible yet. Undefined, with an error added, where that fails.
 */
export async function readMessages(
  subject: MessagesSubject,
  order: "asc" | "desc",
  wait: Wait,
  diagnostics: Diagnostics,
): Promise<Messages | undefined> {
  try {
    return await untilVisible((options) => allMessages(subject, order, options), wait);
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    diagnostics.add(explain(thrown, { of: "messages", ...subject, waitMs: wait.waitMs }));
    return undefined;
  }
}

async function allMessages(
  { access, completionId }: MessagesSubject,
  order: "asc" | "desc",
  { signal, timeoutMs = Number.POSITIVE_INFINITY }: OperationOptions,
): Promise<Messages> {
  const deadline = performance.now() + timeoutMs;
  const pages = paginate((page) =>
    access.openai.chatCompletions.messages(
      completionId,
      { order, ...page },
      { signal, timeoutMs: Math.max(deadline - performance.now(), 1) },
    ),
  );
  const messages: InputMessage[] = [];
  const texts: string[] = [];
  for await (const items of pages) {
    messages.push(...mapped(items.page, () => states(items)));
    texts.push(...items.data.map((_, index) => jsonSource(items.page.data, index) ?? "null"));
  }
  return { messages, text: `[${texts.join(",")}]` };
}

function states({ data }: Items): InputMessage[] {
  return data.map((item, index) => {
    const path = `data[${index}]`;
    if (!isJsonObject(item)) throw new ShapeError(path, "a message", describe(item));
    return inputMessageState(new Body(item, path));
  });
}
