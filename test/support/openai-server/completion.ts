import type { Owner } from "./access.ts";
import { azureView } from "./azure.ts";
import { isArray, isObject, type Json, type JsonObject, Literal, stringify } from "./json.ts";
import type { Mode } from "./options.ts";
import { parse } from "./parse.ts";

/** A completion as the store keeps it. */
export interface StoredCompletion {
  readonly id: string;
  /** Seconds since 1970; lists are ordered by it. */
  readonly created: number;
  /** Who may see it; undefined means everybody. */
  readonly owner: Owner | undefined;
  /** The messages of the request. */
  readonly messages: readonly JsonObject[];
  /** Milliseconds of the server's clock from which it can be read. */
  readonly visibleAt: number;
  /** Whether it vanishes when its time is over. */
  readonly expires: boolean;
  /** Set by a deletion: from when it can no longer be read. */
  goneAt: number | undefined;
  /** The stored view's JSON text, as a read answers it. */
  body: string;
}

/** What the stored view of a completion is made of. */
export interface StoredParts {
  readonly id: string;
  readonly model: string;
  readonly created: number;
  readonly request_id: string;
  readonly usage: JsonObject;
  readonly seed: Json;
  readonly choices: readonly Json[];
  readonly metadata: JsonObject;
  readonly system_fingerprint: string;
  /** Any other key of the stored view that differs from the default. */
  readonly rest?: JsonObject;
}

/** The 19 keys of the stored view in the order in which the real API writes them. */
export function storedView(parts: StoredParts): JsonObject {
  return {
    object: "chat.completion",
    id: parts.id,
    model: parts.model,
    created: parts.created,
    request_id: parts.request_id,
    tool_choice: null,
    usage: parts.usage,
    seed: parts.seed,
    top_p: new Literal("1.0"),
    temperature: new Literal("1.0"),
    presence_penalty: new Literal("0.0"),
    frequency_penalty: new Literal("0.0"),
    system_fingerprint: parts.system_fingerprint,
    input_user: null,
    service_tier: "default",
    tools: null,
    metadata: parts.metadata,
    choices: parts.choices,
    response_format: null,
    ...parts.rest,
  };
}

/** What bodies were last read as: a list asks for the members of every completion. */
const read = new WeakMap<
  StoredCompletion,
  { readonly body: string; readonly members: JsonObject | undefined }
>();

/** The completion's members, or undefined where its seeded body is not a JSON object. */
export function membersOf(completion: StoredCompletion): JsonObject | undefined {
  const { body } = completion;
  const known = read.get(completion);
  if (known?.body === body) return known.members;
  const members = membersIn(body);
  read.set(completion, { body, members });
  return members;
}

function membersIn(body: string): JsonObject | undefined {
  try {
    const value = parse(body);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The text that a read (`alone`) or a list answers for the completion. */
export function bodyOf(completion: StoredCompletion, mode: Mode, place: "alone" | "listed"): string {
  if (mode === "openai") return completion.body;
  const members = membersOf(completion);
  return members === undefined ? completion.body : stringify(azureView(members, place));
}

/** Puts metadata into the completion's body; all other members keep their text's values and order. */
export function setMetadata(completion: StoredCompletion, metadata: JsonObject): void {
  const members = membersOf(completion);
  if (members !== undefined) completion.body = stringify({ ...members, metadata });
}

/** The stored form of a choice of the create view: refusal, annotations, audio and logprobs are lost. */
export function storedChoice(choice: JsonObject): JsonObject {
  const message = isObject(choice.message) ? choice.message : {};
  const calls = message.tool_calls;
  return {
    index: choice.index,
    message: {
      content: message.content ?? null,
      role: "assistant",
      tool_calls: isArray(calls) ? calls.map(storedCall) : null,
      function_call: message.function_call ?? null,
    },
    finish_reason: choice.finish_reason,
    logprobs: null,
  };
}

/** The store writes a call's ID after its content. */
function storedCall(call: Json): Json {
  if (!isObject(call)) return call;
  const { id, ...rest } = call;
  return { ...rest, id };
}
