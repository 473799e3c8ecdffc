import {
  type ConfigValidator,
  conflictsWith,
  type Diagnostics,
  isUnknown,
  type MaybeUnknownConfig,
  Path,
  quote,
  requiredWith,
  type Unknown,
} from "../../framework/index.ts";
import { isJsonObject } from "../../openai/index.ts";
import { argumentsByMember } from "../api/wire.ts";
import { parseJsonArgument } from "../json-argument.ts";
import { partTypes } from "./message-attributes.ts";
import { type ResourceAttributes, resourceAttributes } from "./resource-attributes.ts";

type Config = MaybeUnknownConfig<ResourceAttributes>;

/** Checks arguments against each other. An unknown value may still become right, and is no error. */
export function validateResource(config: Config, diagnostics: Diagnostics): void {
  checkArguments(config, diagnostics);
  validateMessages(config.messages, Path.root.atName("messages"), diagnostics);
  validateMessages(config.messages_wo, Path.root.atName("messages_wo"), diagnostics);
  for (const [index, tool] of knownElements(config.tools)) {
    checkTyped(tool, ["function", "custom"], Path.root.atName("tools").atListIndex(index), diagnostics);
  }
  checkExtraBody(config.extra_body_json, diagnostics);
  warnOfUnknownWords(config, diagnostics);
}

/** What the framework's own checks of two arguments say as well. */
export const configValidators: readonly ConfigValidator[] = [
  requiredWith("messages_wo_version", "messages_wo"),
  requiredWith("tool_choice", "tools"),
  requiredWith("parallel_tool_calls", "tools"),
  conflictsWith("max_completion_tokens", "max_tokens"),
  conflictsWith("on_expiry", "recreate_after_expiry"),
];

function checkArguments(config: Config, diagnostics: Diagnostics): void {
  const { messages, messages_wo: writeOnly, messages_wo_version: version } = config;
  const error = (name: keyof Config, summary: string, detail: string) =>
    diagnostics.addAttributeError(Path.root.atName(name), summary, detail);
  if (messages === null && writeOnly === null) {
    error("messages", "Missing messages", 'Set "messages", or "messages_wo" with "messages_wo_version".');
  }
  if (isSet(messages) && isSet(writeOnly)) {
    const detail =
      'Only one of "messages" and "messages_wo" can be set: messages are stored in state, or they are not.';
    error("messages_wo", "Conflicting arguments", detail);
  }
  if (isSet(writeOnly) && version === null) {
    error(
      "messages_wo_version",
      'Missing value for "messages_wo_version"',
      '"messages_wo" is stored nowhere, so that a change of it cannot be seen, but one of "messages_wo_version" can: set ' +
        "it to 1, and to another number whenever the messages change.",
    );
  }
  const { logprobs } = config;
  if (isSet(config.top_logprobs) && !isUnknown(logprobs) && logprobs !== true) {
    const detail = '"top_logprobs" is only allowed with logprobs = true.';
    error("top_logprobs", 'Missing value for "logprobs"', detail);
  }
  const spoken = knownElements(config.modalities).some(([, modality]) => modality === "audio");
  if (spoken && config.audio === null) {
    const detail = 'An answer in audio needs "audio", with its voice and format.';
    error("modalities", 'Missing value for "audio"', detail);
  }
}

/** Parameters that would take the answer away from where it is read. */
const neverExtra = new Map([
  ["store", "the resource always sends it as true"],
  ["stream", "the resource reads answers whole"],
  ["stream_options", "the resource reads answers whole"],
]);

function checkExtraBody(text: Config["extra_body_json"], diagnostics: Diagnostics): void {
  const extra = text === null || isUnknown(text) ? undefined : parseJsonArgument(text);
  if (!isJsonObject(extra)) return;
  for (const name of extra.keys()) {
    const argument = argumentsByMember(resourceAttributes).get(name);
    const why = argument === undefined ? neverExtra.get(name) : `the argument "${argument}" is for that`;
    if (why === undefined) continue;
    diagnostics.addAttributeError(
      Path.root.atName("extra_body_json"),
      'Invalid value for "extra_body_json"',
      `The parameter ${JSON.stringify(name)} cannot be set here: ${why}. Remove it from extra_body_json.`,
    );
  }
}

function isSet(value: unknown): boolean {
  return value !== null && !isUnknown(value);
}

type Messages = Config["messages"];
type Known<T> = Exclude<T, null | Unknown>;
type Message = Known<Known<Messages>[number]>;
type Part = Known<Known<Message["content_parts"]>[number]>;
type ToolCall = Known<Known<Message["tool_calls"]>[number]>;

/**
 * Checks messages against what the API asks of each role and each kind of part. What is unknown may
 * still become right, and is no error.
 */
function validateMessages(messages: Messages, path: Path, diagnostics: Diagnostics): void {
  for (const [index, message] of knownElements(messages)) {
    const place = path.atListIndex(index);
    checkContent(message, place, diagnostics);
    checkRole(message, place, diagnostics);
    for (const [at, part] of knownElements(message.content_parts)) {
      checkPart(part, place.atName("content_parts").atListIndex(at), diagnostics);
    }
    for (const [at, call] of knownElements(message.tool_calls)) {
      checkTyped(call, ["function", "custom"], place.atName("tool_calls").atListIndex(at), diagnostics);
    }
  }
}

function checkContent({ role, ...message }: Message, path: Path, diagnostics: Diagnostics): void {
  const { content, content_parts: parts } = message;
  if (isUnknown(content) || isUnknown(parts)) return;
  if (content !== null && parts !== null) {
    diagnostics.addAttributeError(
      path.atName("content_parts"),
      "Conflicting arguments",
      'A message has either "content" or "content_parts": a text, or a list of parts. Remove one of them.',
    );
  }
  if (content !== null || parts !== null || isUnknown(role)) return;
  const instead = role === "assistant" && (message.tool_calls !== null || message.refusal !== null);
  if (instead || role === "function") return;
  diagnostics.addAttributeError(
    path,
    "Message without content",
    `A message of the role ${JSON.stringify(role)} needs "content" or "content_parts"` +
      (role === "assistant" ? ', or "tool_calls" or "refusal" instead.' : "."),
  );
}

function checkRole(message: Message, path: Path, diagnostics: Diagnostics): void {
  const { role } = message;
  if (isUnknown(role)) return;
  const onlyOf = { tool_call_id: "tool", tool_calls: "assistant", refusal: "assistant" } as const;
  for (const [name, owner] of Object.entries(onlyOf)) {
    const value = member(message, name);
    if (value === null || isUnknown(value) || role === owner) continue;
    diagnostics.addAttributeError(
      path.atName(name),
      `Invalid value for "${name}"`,
      `Only a message of the role "${owner}" has "${name}", and this one has the role ${JSON.stringify(role)}.`,
    );
  }
  const needed = role === "tool" ? "tool_call_id" : role === "function" ? "name" : undefined;
  if (needed === undefined || message[needed] !== null) return;
  diagnostics.addAttributeError(
    path.atName(needed),
    `Missing value for "${needed}"`,
    needed === "name"
      ? 'A message of the role "function" needs the name of the function.'
      : 'A message of the role "tool" answers a tool call: it needs that call\'s ID.',
  );
}

function checkPart(part: Part, path: Path, diagnostics: Diagnostics): void {
  checkTyped(part, partTypes, path, diagnostics);
  const { file } = part;
  if (file === null || isUnknown(file) || file.file_id !== null || file.file_data !== null) return;
  diagnostics.addAttributeError(
    path.atName("file"),
    'Missing value for "file_id"',
    'A file is named by "file_id", or given with "file_data" and "filename".',
  );
}

/** Checks that of the members that a type chooses among, the one of its name is set, and no other. */
function checkTyped(
  object: Part | ToolCall | { readonly type: unknown },
  members: readonly string[],
  path: Path,
  diagnostics: Diagnostics,
): void {
  const { type } = object;
  if (typeof type !== "string") return;
  for (const name of members) {
    const value = member(object, name);
    if (isUnknown(value) || (value !== null) === (name === type)) continue;
    diagnostics.addAttributeError(
      path.atName(name),
      name === type ? `Missing value for "${name}"` : `Invalid value for "${name}"`,
      `Where "type" is ${JSON.stringify(type)}, "${type}" is set and nothing else of ${members.join(", ")}.`,
    );
  }
}

function member(object: object, name: string): unknown {
  return Reflect.get(object, name) ?? null;
}

/** The elements of a list that are known, with their indices. */
function knownElements<T>(list: T): [number, Known<Known<T> extends readonly (infer E)[] ? E : never>][];
function knownElements(list: unknown): [number, unknown][] {
  if (!Array.isArray(list)) return [];
  return [...list.entries()].filter(([, element]) => element !== null && !isUnknown(element));
}

/** Words that OpenAI documents (its published schema of August 2026). It has added to all of them before. */
const documented = {
  reasoning_effort: ["none", "minimal", "low", "medium", "high", "xhigh", "max"],
  verbosity: ["low", "medium", "high"],
  service_tier: ["auto", "default", "flex", "scale", "priority", "fast"],
  modalities: ["text", "audio"],
} as const;

/**
 * Warns of words that this version does not know: most are slips of the pen, and some are what the API,
 * or a gateway, has had since. An error would shut those out.
 */
function warnOfUnknownWords(config: Config, diagnostics: Diagnostics): void {
  for (const name of ["reasoning_effort", "verbosity", "service_tier"] as const) {
    const word = config[name];
    if (word !== null && !isUnknown(word)) warn(word, name, Path.root.atName(name), diagnostics);
  }
  for (const [index, word] of knownElements(config.modalities)) {
    warn(word, "modalities", Path.root.atName("modalities").atListIndex(index), diagnostics);
  }
}

function warn(word: string, name: keyof typeof documented, path: Path, diagnostics: Diagnostics): void {
  const words: readonly string[] = documented[name];
  if (words.includes(word)) return;
  diagnostics.addAttributeWarning(
    path,
    `Unknown value for "${name}"`,
    `OpenAI documents ${words.map(quote).join(", ")} for "${name}", and not ${quote(word)}. It is sent as it is; if the API ` +
      "refuses it, nothing is created or paid for.",
  );
}
