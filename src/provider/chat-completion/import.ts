import type { ExactNumber } from "../../framework/index.ts";
import {
  type Diagnostics,
  type ImportedState,
  type ImportRequest,
  terraformNumberText,
} from "../../framework/index.ts";
import { pathSegment } from "../../openai/index.ts";
import { toldMetadata } from "../api/metadata.ts";
import { readMessages } from "../chat-completion-messages/read.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import { recordSeen } from "./completion-record.ts";
import { importedMessages } from "./imported-messages.ts";
import { importedToolChoice, importedTools } from "./imported-tools.ts";
import { readCompletion } from "./read.ts";
import type { ResourceAttributes } from "./resource-attributes.ts";
import { operationTime } from "./resource-time.ts";
import type { CompletionState } from "./state.ts";
import { answerOf, storedOf } from "./stored.ts";

/**
 * Finds a completion by its ID, from both read calls. Arguments that the API does not tell, or of which
 * nobody can say whether they were given or are defaults, are left out.
 */
export async function importCompletion(
  request: ImportRequest<OpenAIProvider>,
): Promise<ImportedState<ResourceAttributes> | Diagnostics> {
  const { id, provider, diagnostics, signal, log, private: kept } = request;
  if (id.trim() === "" || !pathSegment(id).ok) {
    return diagnostics.addError(
      "Invalid ID",
      `${JSON.stringify(id)} is no ID of a chat completion. OpenAI's begin with chatcmpl-.\n\n` +
        'Import by the ID alone: terraform import openai_chat_completion.example "chatcmpl-…".',
    );
  }
  const access = provider.access(null, { diagnostics, log, object: "resource" });
  if (access === undefined) return diagnostics;
  const timeLeft = operationTime(null, "read");
  const subject = { access, completionId: id, object: "resource" } as const;
  const wait = () => ({ timeoutMs: timeLeft(), waitMs: 0, signal, log });
  const completion = await readCompletion(subject, wait(), diagnostics);
  if (completion === undefined) return diagnostics;
  const messages = await readMessages(subject, { order: "asc", limit: null }, wait(), diagnostics);
  if (messages === undefined) return diagnostics;
  recordSeen(kept, access, completion.response);
  const { state } = completion;
  return {
    ...toldArguments(state),
    messages: importedMessages(messages.messages, state.choices),
    id,
    ...answerOf(state),
    stored: storedOf(state),
  };
}

/** The arguments that an answer tells for sure: what differs from its default was given. */
function toldArguments(state: CompletionState) {
  return {
    model: state.model ?? "",
    metadata:
      state.metadata === null || state.metadata.size === 0 ? null : toldMetadata(state.metadata, null),
    temperature: unless(1, state.temperature),
    top_p: unless(1, state.top_p),
    presence_penalty: unless(0, state.presence_penalty),
    frequency_penalty: unless(0, state.frequency_penalty),
    tools: importedTools(state.tools_json),
    tool_choice: importedToolChoice(state.tool_choice_json, state.tools_json),
    response_format_json: /^\s*\{/.test(state.response_format_json ?? "") ? state.response_format_json : null,
    // What was not given is "" to some APIs.
    user: state.input_user || null,
  };
}

function unless(usual: number, value: ExactNumber | null): ExactNumber | null {
  return value === null || Number(terraformNumberText(value)) === usual ? null : value;
}
