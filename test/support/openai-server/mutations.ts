import { isArray, isObject, type Json, type JsonObject, stringify } from "./json.ts";
import { parse } from "./parse.ts";

/** A change of an answer's body; those that need a JSON object leave other bodies alone. */
export type Mutation =
  /** Nothing at all. */
  | "empty"
  /** The first half only, with a Content-Length that fits. */
  | "half"
  /** A UTF-8 byte order mark in front. */
  | "bom"
  /** Two bytes that are no UTF-8 inside of the first string value. */
  | "invalid_utf8"
  /** `model` twice, the first time with another value. */
  | "duplicate_keys"
  /** Keys that nobody knows at every level. */
  | "unknown_fields"
  /** Values that nobody knows for finish_reason, service_tier and a tool call's type. */
  | "unknown_enums"
  /** Blanks before the last brace, up to this many bytes in all. The JSON stays valid. */
  | { readonly padTo: number };

const plain: Readonly<Record<Exclude<Mutation, object>, true>> = {
  empty: true,
  half: true,
  bom: true,
  invalid_utf8: true,
  duplicate_keys: true,
  unknown_fields: true,
  unknown_enums: true,
};

export const mutationNames: readonly string[] = [...Object.keys(plain), "padTo"];

/** The body after the change. */
export function mutate(body: Buffer, mutation: Mutation): Buffer {
  if (typeof mutation === "object") return pad(body, mutation.padTo);
  const change: Readonly<Record<typeof mutation, () => Buffer>> = {
    empty: () => Buffer.alloc(0),
    half: () => body.subarray(0, Math.floor(body.length / 2)),
    bom: () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]),
    invalid_utf8: () => breakUTF8(body),
    duplicate_keys: () => insert(body, body.indexOf("{") + 1, Buffer.from('"model":"the-first-of-two",')),
    unknown_fields: () => rewrite(body, addFields),
    unknown_enums: () => rewrite(body, changeEnums),
  };
  return change[mutation]();
}

function pad(body: Buffer, size: number): Buffer {
  const end = body.lastIndexOf("}");
  return insert(body, Math.max(end, 0), Buffer.alloc(Math.max(0, size - body.length), " "));
}

function breakUTF8(body: Buffer): Buffer {
  const start = /"\s*:\s*"/.exec(body.toString("latin1"));
  const at = start === null ? body.length : start.index + start[0].length;
  return insert(body, at, Buffer.from([0xff, 0xfe]));
}

function insert(body: Buffer, at: number, piece: Buffer): Buffer {
  return Buffer.concat([body.subarray(0, at), piece, body.subarray(at)]);
}

function rewrite(body: Buffer, change: (value: JsonObject) => JsonObject): Buffer {
  try {
    const value = parse(body.toString());
    return isObject(value) ? Buffer.from(stringify(change(value))) : body;
  } catch {
    return body;
  }
}

function addFields(value: JsonObject): JsonObject {
  const members = Object.entries(value).map(([key, member]) => [key, extend(key, member ?? null)]);
  return { ...Object.fromEntries(members), field_of_tomorrow: { nested: [1, null, "two"] } };
}

/** Metadata is the practitioner's own map: a key there would not be unknown but wrong. */
function extend(key: string, value: Json): Json {
  if (key === "metadata") return value;
  if (isArray(value)) return value.map((element) => (isObject(element) ? addFields(element) : element));
  return isObject(value) ? addFields(value) : value;
}

const ODD: Readonly<Record<string, string>> = {
  finish_reason: "paused_by_gateway",
  service_tier: "cosmic",
};

function changeEnums(value: JsonObject): JsonObject {
  const members = Object.entries(value).map(([key, member]) => {
    if (Object.hasOwn(ODD, key)) return [key, ODD[key]];
    if (key === "tool_calls" && isArray(member)) {
      return [key, member.map((call) => (isObject(call) ? { ...call, type: "telepathy" } : call))];
    }
    if (isArray(member)) return [key, member.map((each) => (isObject(each) ? changeEnums(each) : each))];
    return [key, isObject(member) && key !== "metadata" ? changeEnums(member) : member];
  });
  return Object.fromEntries(members);
}
