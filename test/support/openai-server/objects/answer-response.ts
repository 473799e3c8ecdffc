import { isArray, isObject, type JsonObject } from "../json.ts";
import { messageText, TRIGGERS, tokensOf, triggered } from "../triggers.ts";
import type { Made } from "./object-kind.ts";
import type { StoredObject, StoredObjects } from "./stored-objects.ts";

/*
 * Answers of the Responses API without a model: an echo of the last text, or what triggers, tools and formats ask for.
 */

type Members = Record<string, unknown>;

/** What was asked of responses that run in the background. */
const asked = new WeakMap<Members, JsonObject>();

/** What a creation is answered with: the whole answer, or that it is queued. */
export function beginResponse(body: Members, parameters: JsonObject, objects: StoredObjects): void {
  for (const name of ["tools", "tool_choice", "metadata"] as const)
    if (parameters[name] != null) body[name] = parameters[name];
  const { conversation, text, reasoning } = parameters;
  if (typeof conversation === "string") body.conversation = { id: conversation };
  if (isObject(text)) body.text = { format: { type: "text" }, verbosity: "medium", ...text };
  if (isObject(reasoning)) body.reasoning = { effort: null, summary: null, ...reasoning };
  asked.set(body, parameters);
  if (parameters.background === true) Object.assign(body, { completed_at: null, output: [], usage: null });
  else endResponse(body, objects);
}

/** Ends one that ran in the background. */
export function finishResponse({ body }: StoredObject, objects: StoredObjects): void {
  endResponse(body, objects);
}

function endResponse(body: Members, objects: StoredObjects): void {
  const parameters = asked.get(body) ?? {};
  const messages = inputMessages(parameters);
  const id = String(body.id).replace(/^resp_/, "");
  const completed_at = Number(body.created_at) + 2;
  if (triggered(messages, TRIGGERS.serverError)) {
    const error = { code: "server_error", message: "The model failed to answer." };
    Object.assign(body, { status: "failed", error, output: [], usage: null, completed_at: null });
    return;
  }
  const short = triggered(messages, TRIGGERS.length);
  const output = outputOf(parameters, messages, id, objects);
  const input = messages.reduce((sum, message) => sum + 3 + tokensOf(messageText(message)), 0);
  const answered = tokensOf(JSON.stringify(output));
  Object.assign(body, {
    status: short ? "incomplete" : "completed",
    incomplete_details: short ? { reason: "max_output_tokens" } : null,
    output,
    usage: {
      input_tokens: input,
      input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
      output_tokens: answered,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: input + answered,
    },
    completed_at: short ? null : completed_at,
  });
}

function outputOf(
  { tools, text, reasoning }: JsonObject,
  messages: readonly JsonObject[],
  id: string,
  objects: StoredObjects,
): JsonObject[] {
  const all = (isArray(tools) ? tools : []).filter(isObject);
  const items: JsonObject[] = [];
  if (isObject(reasoning) && typeof reasoning.summary === "string")
    items.push({
      id: `rs_${id}`,
      type: "reasoning",
      summary: [{ type: "summary_text", text: "Looked at the question." }],
    });
  const called = all.find(({ type }) => type === "function");
  if (called !== undefined && triggered(messages, TRIGGERS.tool)) {
    const common = { id: `fc_${id}`, type: "function_call", status: "completed" };
    return [
      ...items,
      { ...common, call_id: `call_${id}`, name: called.name ?? "", arguments: '{"n": 1.50}' },
    ];
  }
  const search = all.find(({ type }) => type === "file_search");
  const found = search === undefined ? [] : filesOf(search, objects);
  if (search !== undefined)
    items.push({
      id: `fs_${id}`,
      type: "file_search_call",
      status: "completed",
      queries: [messageText(messages.at(-1))],
      results: null,
    });
  return [...items, messageOf(messages, id, isObject(text) ? text : {}, found)];
}

function messageOf(
  messages: readonly JsonObject[],
  id: string,
  text: JsonObject,
  found: readonly StoredObject[],
): JsonObject {
  const said = messageText(messages.at(-1));
  const answer =
    isObject(text.format) && text.format.type !== "text" ? JSON.stringify({ said }) : `Echo: ${said}`;
  const annotations = found.map(({ body }, index) => ({
    type: "file_citation",
    index: answer.length + index,
    file_id: String(body.id),
    filename: String(body.filename),
  }));
  const part = triggered(messages, TRIGGERS.refusal)
    ? { type: "refusal", refusal: "I'm sorry, I can't help with that." }
    : { type: "output_text", annotations, logprobs: [], text: answer };
  return { id: `msg_${id}`, type: "message", status: "completed", role: "assistant", content: [part] };
}

/** The uploads that are in the vector stores of a file search, and can be searched. */
function filesOf({ vector_store_ids: ids }: JsonObject, objects: StoredObjects): StoredObject[] {
  const stores = isArray(ids) ? ids.map(String) : [];
  return objects
    .all("vector_stores/{vector_store_id}/files")
    .filter((each) => stores.includes(String(each.parents.vector_store_id)))
    .filter((each) => objects.bodyOf(each).status === "completed")
    .flatMap(({ id }) => objects.peek("files", id) ?? []);
}

/** A tool that names a vector store that is not there, in the API's words; undefined where all are there. */
export function missingStore({ tools }: JsonObject, objects: StoredObjects): string | undefined {
  const named = (isArray(tools) ? tools : [])
    .filter(isObject)
    .flatMap(({ vector_store_ids: ids }) => (isArray(ids) ? ids.map(String) : []));
  return named.find((id) => objects.peek("vector_stores", id) === undefined);
}

/** The input as messages; outputs of tools count as empty ones. */
function inputMessages({ input }: JsonObject): JsonObject[] {
  if (typeof input === "string") return [{ role: "user", content: input }];
  return isArray(input) ? input.filter(isObject) : [];
}

/** The input as its list has it, oldest first; text stands for one part of a message. */
export function inputItems(response: Readonly<Members>, parameters: JsonObject): Made[] {
  const id = String(response.id);
  return inputMessages(parameters).map((item, index) => ({
    path: "responses/{response_id}/input_items",
    parents: { response_id: id },
    members: {
      type: "message",
      status: "completed",
      ...item,
      ...(typeof item.content === "string" ? { content: [{ type: "input_text", text: item.content }] } : {}),
      id: `msg_${id}_${index}`,
    },
  }));
}
