import { type Config, Path } from "../../framework/index.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../openai/index.ts";
import { argumentPath } from "../api/param-path.ts";
import { writeAttributes } from "../api/write.ts";
import { parseJsonArgument } from "../json-argument.ts";
import { type ResourceAttributes, resourceAttributes } from "./resource-attributes.ts";

type Arguments = Config<ResourceAttributes>;

/**
 * The body of a create request: what the arguments say and no more, numbers exact; `store`, without which the
 * completion would not be kept, and `stream`, without which some would not come whole.
 *
 * @param config With write-only messages.
 */
export function requestBody(config: Arguments): JsonObject {
  return new Map<string, JsonValue>([
    ...writeAttributes(resourceAttributes, config),
    ["store", true],
    // Some gateways stream unless they are told not to.
    ["stream", false],
    ...(extraBody(config) ?? []),
  ]);
}

function extraBody({ extra_body_json: text }: Pick<Arguments, "extra_body_json">): JsonObject | undefined {
  const extra = text === null ? undefined : parseJsonArgument(text);
  return isJsonObject(extra) ? extra : undefined;
}

/** The argument that a `param` of the API's errors stands for; undefined where there is none. */
export function paramPath(param: string, config: Pick<Arguments, "extra_body_json">): Path | undefined {
  const path = argumentPath(param, resourceAttributes, config);
  if (path !== undefined) return path;
  const [first = ""] = param.split(/[.[]/);
  return extraBody(config)?.has(first) ? Path.root.atName("extra_body_json") : undefined;
}

/**
 * Every text in messages that somebody may want to hide. Roles and types are the API's words: hiding them would
 * take them out of its errors.
 */
export function textsOf(messages: NonNullable<Arguments["messages"]>): string[] {
  const texts: string[] = [];
  const collect = (value: unknown, name = "") => {
    if (typeof value === "string") {
      if (name !== "role" && name !== "type") texts.push(value);
    } else if (typeof value === "object" && value !== null) {
      for (const [key, member] of Object.entries(value)) collect(member, key);
    }
  };
  collect(messages);
  return texts;
}
