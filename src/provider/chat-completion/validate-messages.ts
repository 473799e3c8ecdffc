import {
  type Diagnostics,
  isUnknown,
  type MaybeUnknownConfig,
  type Path,
  type Unknown,
} from "../../framework/index.ts";
import type { ResourceAttributes } from "./resource-attributes.ts";
import { partTypes } from "./resource-messages.ts";

type Messages = MaybeUnknownConfig<ResourceAttributes>["messages"];
type Known<T> = Exclude<T, null | Unknown>;
type Message = Known<Known<Messages>[number]>;
type Part = Known<Known<Message["content_parts"]>[number]>;
type ToolCall = Known<Known<Message["tool_calls"]>[number]>;

/**
 * Checks messages against what the API asks of each role and each kind of part. What is unknown may
 * still become right, and is no error.
 */
export function validateMessages(messages: Messages, path: Path, diagnostics: Diagnostics): void {
  for (const [index, message] of known(messages)) {
    const place = path.atListIndex(index);
    checkContent(message, place, diagnostics);
    checkRole(message, place, diagnostics);
    for (const [at, part] of known(message.content_parts)) {
      checkPart(part, place.atName("content_parts").atListIndex(at), diagnostics);
    }
    for (const [at, call] of known(message.tool_calls)) {
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
export function checkTyped(
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
export function known<T>(list: T): [number, Known<Known<T> extends readonly (infer E)[] ? E : never>][];
export function known(list: unknown): [number, unknown][] {
  if (!Array.isArray(list)) return [];
  return [...list.entries()].filter(([, element]) => element !== null && !isUnknown(element));
}
