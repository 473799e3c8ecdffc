import type { Config } from "../../framework/index.ts";
import { parseJson } from "../../openai/index.ts";
import { Body, ShapeError } from "../api/body.ts";
import type { ResourceAttributes } from "./resource-attributes.ts";

type Tools = Config<ResourceAttributes>["tools"];

/** Tools as the argument that they were. Null for none, and for tools of a shape that the argument cannot hold. */
export function importedTools(text: string | null): Tools {
  if (text === null) return null;
  try {
    const tools = new Body(parseJson(text)).objects((tool) => ({
      type: tool.get("type").string() ?? "function",
      function: tool.get("function").object((called) => ({
        name: called.get("name").string() ?? "",
        description: called.get("description").string(),
        parameters_json: called.get("parameters").json(),
        strict: called.get("strict").boolean(),
      })),
      custom: tool.get("custom").object((custom) => ({
        name: custom.get("name").string() ?? "",
        description: custom.get("description").string(),
        format_json: custom.get("format").json(),
      })),
    }));
    return tools === null || tools.length === 0 ? null : tools;
  } catch (thrown) {
    if (thrown instanceof ShapeError) return null;
    throw thrown;
  }
}

/** A tool choice as the argument that it was: a word, or JSON text. */
export function importedToolChoice(text: string | null): string | null {
  if (text === null) return null;
  const value = parseJson(text);
  return typeof value === "string" ? value : text;
}
