import {
  type Config,
  type Diagnostics,
  type ExactNumber,
  type ImportedState,
  type ImportRequest,
  terraformNumberText,
} from "../../framework/index.ts";
import { type ObjectResponse, pathSegment } from "../../openai/index.ts";
import { recordSeen } from "../api/answer-record.ts";
import { operationTime } from "../api/arguments.ts";
import { reportedMetadata } from "../api/metadata.ts";
import { type Call, explained, readAnswer, retrieve, subjectOf } from "../api/request.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { completion } from "./completion.ts";
import { importedMessages, importedToolChoice, importedTools } from "./imported-arguments.ts";
import { readMessages } from "./messages.ts";
import { type AnswerState, answerAttributes, type ResourceAttributes } from "./resource-attributes.ts";

const of = completion.declaration;

/**
 * Finds a completion by its ID, from both read calls. Arguments that the API does not report, or of which
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
  const response = await explained(request, subjectOf(of, access, "read", { id }), () =>
    retrieve(of, access, { id }, { signal, timeoutMs: timeLeft() }),
  );
  if (response === undefined) return diagnostics;
  const state = await importedState({ access, id, response, timeoutMs: timeLeft() }, request);
  if (state === undefined) return diagnostics;
  recordSeen(kept, access, response);
  return state;
}

interface Imported {
  readonly access: Access;
  readonly id: string;
  /** The completion; its messages are read. */
  readonly response: ObjectResponse;
  readonly timeoutMs: number;
}

/** What an import knows of a completion. Undefined, with an error added, where it cannot be read. */
export async function importedState(
  { access, id, response, timeoutMs }: Imported,
  call: Call,
): Promise<ImportedState<ResourceAttributes> | undefined> {
  const answer = await explained(call, subjectOf(of, access, "read", { id }), () =>
    readAnswer(of, answerAttributes, id, response, call.diagnostics),
  );
  if (answer === undefined) return undefined;
  const about = { access, object: "resource", id } as const;
  const messages = await readMessages(about, { order: "asc", timeoutMs, waitMs: 0 }, call);
  if (messages === undefined) return undefined;
  const { choices, stored } = answer;
  const prompt = messages.elements.map(({ message }) => message);
  return { ...importedArguments(stored), messages: importedMessages(prompt, choices), id, ...answer };
}

/** The arguments that an answer reports for sure: what differs from its default was given. */
function importedArguments(stored: AnswerState["stored"]): Partial<Config<ResourceAttributes>> {
  if (stored === null) return {};
  const { metadata, tools_json: tools, response_format_json: format } = stored;
  return {
    model: stored.model ?? "",
    metadata: metadata === null || metadata.size === 0 ? null : reportedMetadata(metadata, null),
    temperature: unless(1, stored.temperature),
    top_p: unless(1, stored.top_p),
    presence_penalty: unless(0, stored.presence_penalty),
    frequency_penalty: unless(0, stored.frequency_penalty),
    tools: importedTools(tools),
    tool_choice: importedToolChoice(stored.tool_choice_json, tools),
    response_format_json: /^\s*\{/.test(format ?? "") ? format : null,
    // What was not given is "" to some APIs.
    user: stored.input_user || null,
  };
}

function unless(usual: number, value: ExactNumber | null): ExactNumber | null {
  return value === null || Number(terraformNumberText(value)) === usual ? null : value;
}
