/**
 * JSON without loss: numbers keep their literal text, objects keep key order and hostile keys, and the source
 * text of every member can be had exactly as it was received.
 *
 * `JSON.parse` bends 64-bit integers (`seed` of every stored chat completion is one) and drops the source.
 *
 * @module
 */
export { parseJson, parseJsonInPieces } from "./json-parser.ts";
export { jsonSource } from "./json-source.ts";
export {
  isJsonArray,
  isJsonObject,
  type JsonArray,
  JsonError,
  type JsonErrorReason,
  JsonNumber,
  type JsonObject,
  type JsonValue,
  maxJsonDepth,
  maxJsonValues,
} from "./json-value.ts";
