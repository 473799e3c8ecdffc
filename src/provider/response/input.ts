import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  stringifyJson,
} from "../../openai/index.ts";

/** Input items as the argument that they were: one text of a user, or a list of items. */
export function inputOf(items: readonly JsonObject[]): { input: string | null; input_json: string | null } {
  const given = items.map(givenItem);
  const [first] = given;
  const text = first?.get("content");
  if (given.length === 1 && first?.get("role") === "user" && typeof text === "string")
    return { input: text, input_json: null };
  return { input: null, input_json: given.length === 0 ? null : stringifyJson(given) };
}

/** A message without what the API adds: its ID and status, and a list around one text. */
function givenItem(item: JsonObject): JsonObject {
  if (item.get("type") !== "message") return item;
  const members = [...item].filter(([name]) => name !== "id" && name !== "status");
  return new Map(members.map(([name, value]) => [name, name === "content" ? shortest(value) : value]));
}

function shortest(content: JsonValue): JsonValue {
  const part = isJsonArray(content) && content.length === 1 ? content[0] : undefined;
  if (part === undefined || !isJsonObject(part)) return content;
  const text = part.get("text");
  return part.get("type") === "input_text" && part.size === 2 && typeof text === "string" ? text : content;
}

/** Whether JSON texts of input items say the same, in whichever of their forms. */
export function coversInput(written: JsonValue, imported: JsonValue): boolean {
  if (isJsonArray(written) && isJsonArray(imported))
    return (
      written.length === imported.length &&
      written.every((each, index) => coversInput(each, imported[index] ?? null))
    );
  if (!isJsonObject(written) || !isJsonObject(imported))
    return stringifyJson(written) === stringifyJson(imported);
  const [one, other] = [plainItem(written), plainItem(imported)];
  return [...one].every(([name, value]) => coversInput(value, other.get(name) ?? null));
}

function plainItem(item: JsonObject): JsonObject {
  const typed = item.has("role") && !item.has("type") ? new Map([["type", "message"], ...item]) : item;
  return givenItem(typed);
}
