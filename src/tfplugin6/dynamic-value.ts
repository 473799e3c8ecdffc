import {
  CtyError,
  decodeJSON,
  decodeMsgpack,
  encodeMsgpack,
  type ObjectValue,
  objectValue,
  Path,
  type Value,
} from "../cty/index.ts";
import type { Schema } from "../framework/index.ts";
import { isObjectValue } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import type { DynamicValue } from "./messages.gen.ts";

/**
 * Decodes a configuration: msgpack where there is some, else JSON (terraform's
 * plugin6/grpc_provider.go, decodeDynamicValue). Absent or null, it stands for an object whose
 * attributes are all null. Throws CtyError.
 */
export function decodeConfig(value: DynamicValue | undefined, schema: Schema): ObjectValue {
  const decoded = decode(value, schema);
  if (decoded === null) return objectValue(Object.keys(schema.attributes).map((name) => [name, null]));
  if (!isObjectValue(decoded)) throw new CtyError(Path.root, "an object is required");
  return decoded;
}

function decode(value: DynamicValue | undefined, schema: Schema): Value {
  if (value === undefined) return null;
  if (value.msgpack.length > 0) return decodeMsgpack(value.msgpack, schema.type);
  if (value.json.length > 0) return decodeJSON(value.json, schema.type);
  return null;
}

export function encodeObject(value: ObjectValue, schema: Schema): Input<DynamicValue> {
  return { msgpack: encodeMsgpack(value, schema.type) };
}
