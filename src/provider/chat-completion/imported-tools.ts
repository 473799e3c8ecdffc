import type { Config } from "../../framework/index.ts";
import { parseJson } from "../../openai/index.ts";
import { Body, ShapeError } from "../api/body.ts";
import type { ResourceAttributes } from "./resource-attributes.ts";

type Tools = Config<ResourceAttributes>["tools"];

/** JSON text but for that of an empty object, which some APIs tell where there is nothing. */
function notEmpty(text: string | null): string | null {
  return text !== null && /^\s*\{\s*\}\s*$/.test(text) ? null : text;
}

/** Tools as the argument that they were. Null for none, and for tools of a shape that the argument cannot hold. */
export function importedTools(text: string | null): Tools {
  if (text === null) return null;
  try {
    const tools = new Body(parseJson(text)).objects((tool) => ({
      type: tool.get("type").string() ?? "function",
      function: tool.get("function").object((called) => ({
        name: called.get("name").string() ?? "",
        description: called.get("description").string() || null,
        parameters_json: notEmpty(called.get("parameters").json()),
        parameters: null,
        strict: called.get("strict").boolean() || null,
      })),
      custom: tool.get("custom").object((custom) => ({
        name: custom.get("name").string() ?? "",
        description: custom.get("description").string() || null,
        format_json: notEmpty(custom.get("format").json()),
        format: null,
      })),
    }));
    return tools === null || tools.length === 0 ? null : tools;
  } catch (thrown) {
    if (thrown instanceof ShapeError) return null;
    throw thrown;
  }
}

/** A tool choice as the argument that it was: a word, or JSON text. Null for what is chosen where nothing is said. */
export function importedToolChoice(text: string | null, tools: string | null): string | null {
  if (text === null || importedTools(tools) === null) return null;
  const value = parseJson(text);
  if (typeof value === "string") return value === "" || value === "auto" ? null : value;
  return text;
}
