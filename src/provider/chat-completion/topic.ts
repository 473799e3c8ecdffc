import type { Topic } from "../explain/subject.ts";

/** What messages say of a stored chat completion. */
export const completionTopic: Topic = {
  noun: "chat completion",
  plural: "stored completions",
  title: "Chat completion",
  path: "/chat/completions",
  idArgument: "completion_id",
  missing: (reads) => [
    "it was not created with store = true",
    "it is older than 30 days",
    "the organization keeps nothing (zero data retention)",
    `it was created seconds ago${reads ? ': set wait_timeout, for example wait_timeout = "30s"' : ""}`,
  ],
  lost:
    "The request was sent and may have been carried out and be paid for, so it was not sent again. If it was, the " +
    'completion is stored: the data source "openai_chat_completions" finds it, best by its metadata, and an import takes ' +
    "it into state.",
};

/** What messages say of the messages of one. */
export const messagesTopic: Topic = { ...completionTopic, below: "messages" };
