import {
  CtyError,
  decodeJSON,
  decodeMsgpack,
  encodeMsgpackPieces,
  inPieces,
  type ObjectValue,
  objectValue,
  Path,
  type Type,
  type Value,
} from "../cty/index.ts";
import type { Schema } from "../framework/index.ts";
import { isObjectValue, type Stop } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import type { DynamicValue } from "./messages.gen.ts";

/**
 * Decodes a whole object: msgpack where there is some, else JSON, else null (terraform's
 * plugin6/grpc_provider.go, decodeDynamicValue). Throws CtyError.
 */
export function decodeObject(
  value: DynamicValue | undefined,
  schema: Pick<Schema, "type">,
): ObjectValue | null {
  const decoded = decode(value, schema);
  if (decoded === null || isObjectValue(decoded)) return decoded;
  throw new CtyError(Path.root, "an object is required");
}

/** As `decodeObject`, where an absent object stands for one whose attributes are all null. */
export function decodeConfig(value: DynamicValue | undefined, schema: Schema): ObjectValue {
  const nulls = (): ObjectValue => objectValue(Object.keys(schema.attributes).map((name) => [name, null]));
  return decodeObject(value, schema) ?? nulls();
}

function decode(value: DynamicValue | undefined, schema: Pick<Schema, "type">): Value {
  if (value === undefined) return null;
  if (value.msgpack.length > 0) return decodeMsgpack(value.msgpack, schema.type);
  if (value.json.length > 0) return decodeJSON(value.json, schema.type);
  return null;
}

/** Decodes a value of a type of its own: a number, a bool. Throws CtyError. */
export function decodeValue(value: DynamicValue | undefined, type: Type): Value {
  return decode(value, { type });
}

/** What an operation left. */
interface Left {
  /** Undefined: nothing to say. */
  readonly state: ObjectValue | null | undefined;
  /** The state's bytes, where there are some already. */
  readonly encoded?: Buffer | undefined;
  readonly stop?: Stop | undefined;
}

/** Encodes the state that an operation left, as {@link encodeObject}. */
export async function encodeState(left: Left, schema: Schema): Promise<Input<DynamicValue> | undefined> {
  // Asking for the state makes it.
  if (left.encoded !== undefined) return { msgpack: left.encoded };
  return left.state === undefined ? undefined : encodeObject(left.state, schema, left.stop);
}

/** Encodes an object, while others have their turn. Throws where `stop` ends it. */
export async function encodeObject(
  value: ObjectValue | null,
  schema: Schema,
  stop?: Stop,
): Promise<Input<DynamicValue>> {
  const work = encodeMsgpackPieces(value, schema.type);
  return { msgpack: await inPieces(work, stop?.check) };
}
