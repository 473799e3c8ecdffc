import type { APIError } from "../errors.ts";
import { invalid } from "../errors.ts";
import { isObject, type Json, type JsonObject } from "../json.ts";
import { metadataError } from "../metadata.ts";
import { parse } from "../parse.ts";
import { formParts } from "./multipart.ts";
import type { ObjectRequest } from "./perform.ts";

/** What a request brings along. */
export interface Read {
  readonly parameters: JsonObject;
  readonly file?: { readonly filename: string; readonly content: Buffer };
}

/** The parameters of a JSON body, of which none is unknown. */
export function bodyOf({ body }: Pick<ObjectRequest, "body">, allowed: readonly string[]): Read | APIError {
  let json: Json;
  try {
    json = parse(body.toString());
  } catch {
    return invalid("We could not parse the JSON body of your request.");
  }
  if (!isObject(json)) return invalid("Invalid type for the body: expected an object.");
  const unknown = Object.keys(json).find((name) => !allowed.includes(name));
  if (unknown !== undefined) return invalid(`Unknown parameter: '${unknown}'.`, unknown, "unknown_parameter");
  const { metadata } = json;
  const error = metadata === undefined || metadata === null ? undefined : metadataError(metadata);
  return error ?? { parameters: JSON.parse(body.toString()) };
}

/** The parameters and the file of a form. */
export function formOf({ contentType, body }: Pick<ObjectRequest, "body" | "contentType">): Read | APIError {
  const parts = formParts(contentType, body);
  if (parts === undefined) return invalid("The request is not a form with a boundary.");
  const parameters: Record<string, Json> = {};
  for (const { name, filename, content } of parts) {
    const nested = /^(\w+)\[(\w+)\]$/.exec(name);
    if (filename !== undefined) continue;
    if (nested === null) parameters[name] = content.toString();
    else {
      const [, outer = "", inner = ""] = nested;
      const before = parameters[outer];
      parameters[outer] = { ...(isObject(before) ? before : {}), [inner]: content.toString() };
    }
  }
  const file = parts.find(({ filename }) => filename !== undefined);
  return file?.filename === undefined
    ? { parameters }
    : { parameters, file: { filename: file.filename, content: file.content } };
}
