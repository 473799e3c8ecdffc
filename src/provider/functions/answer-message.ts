import { FunctionError, type State } from "../../framework/index.ts";
import type { JsonObject } from "../../openai/index.ts";
import type { answerMessageAttributes } from "../chat-completion/completion-attributes.ts";
import { object } from "./json-object.ts";
import { functionCall, toolCall } from "./tool-call.ts";

type Answer = Pick<
  State<typeof answerMessageAttributes>,
  "role" | "content" | "refusal" | "name" | "function_call" | "tool_calls"
>;

/** Which argument of the function the choice is. */
const argument = 1;

/** The answer as the assistant's message, in the API's form. */
export function answerMessage(answer: Answer | null | undefined): JsonObject {
  if (answer == null) throw new FunctionError("The choice has no message", argument);
  const { content, refusal } = answer;
  const calls = (answer.tool_calls ?? []).map((call, at) =>
    toolCall(
      call && { ...call, function: call.function?.[0], custom: call.custom?.[0] },
      `message[0].tool_calls[${at}]`,
      argument,
    ),
  );
  const called = answer.function_call?.[0];
  const calling = calls.length > 0 || called !== undefined;
  if (content === null && refusal === null && !calling) {
    throw new FunctionError(
      "The choice has no text, refusal or tool call, so there is nothing to learn from it",
      argument,
    );
  }
  return object({
    role: answer.role ?? "assistant",
    name: answer.name ?? undefined,
    // Null beside a refusal; beside tool calls it needs not be there.
    content: content === null && calling ? undefined : content,
    refusal: refusal ?? undefined,
    tool_calls: calls.length === 0 ? undefined : calls,
    function_call: called === undefined ? undefined : functionCall(called),
  });
}
