import { CtyError, checkDepth } from "./error.ts";
import { decodePlain } from "./msgpack-plain-decode.ts";
import { Reader } from "./msgpack-reader.ts";
import { readBool, readNumber, readText, required } from "./msgpack-scalars.ts";
import { readUnknown } from "./msgpack-unknown.ts";
import { Path } from "./path.ts";
import { canonicalElements } from "./set-order.ts";
import { typeName } from "./shape.ts";
import { type CollectionType, type ObjectType, type TupleType, type Type, typeFromJSON } from "./type.ts";
import { DynamicValue, objectValue, type Value } from "./value.ts";

/**
 * Reads a value of the type from MessagePack, accepting what go-cty's msgpack.Unmarshal accepts: longer
 * headers than needed, single-precision floats, numbers as text, byte strings as strings; but no value
 * of another type. Throws CtyError, with the path; also for NaN, infinities, and bytes left over.
 */
export function decodeMsgpack(bytes: Uint8Array, type: Type): Value {
  const plain = decodePlain(bytes, type);
  return plain === undefined ? decodeAny(bytes, type) : plain;
}

/** The same for any form of the bytes, and with the path of what is wrong. */
export function decodeAny(bytes: Uint8Array, type: Type): Value {
  const reader = new Reader(bytes);
  const value = readValue(reader, type, Path.root, 0);
  if (reader.remaining > 0) {
    throw new CtyError(Path.root, `the MessagePack data has ${reader.remaining} bytes after the value`);
  }
  return value;
}

function readValue(reader: Reader, type: Type, path: Path, depth: number): Value {
  checkDepth(path, depth);
  const code = reader.peek(path);
  if (code === "ext") return readUnknown(reader, type, path);
  if (code === "nil") {
    reader.scalar(path);
    return null;
  }
  switch (type.kind) {
    case "string":
      return readText(reader, typeName(type), path);
    case "number":
      return readNumber(reader, path);
    case "bool":
      return readBool(reader, path);
    case "list":
    case "set":
      return readElements(reader, type, path, depth);
    case "map":
      return readMap(reader, type, path, depth);
    case "tuple":
      return readTuple(reader, type, path, depth);
    case "object":
      return readObject(reader, type, path, depth);
    case "dynamic":
      return readDynamic(reader, path, depth);
  }
}

function readElements(
  reader: Reader,
  type: CollectionType<"list"> | CollectionType<"set">,
  path: Path,
  depth: number,
): readonly Value[] {
  if (reader.peek(path) !== "array") throw required(typeName(type), reader, path);
  const length = reader.arrayLength(path);
  const elements: Value[] = [];
  for (let i = 0; i < length; i += 1) {
    elements.push(readValue(reader, type.element, path.atListIndex(i), depth + 1));
  }
  return type.kind === "set" ? canonicalElements(elements, type.element, path) : elements;
}

/** Of two keys that are the same after normalisation, the last one counts, as in go-cty. */
function readMap(
  reader: Reader,
  type: CollectionType<"map">,
  path: Path,
  depth: number,
): ReadonlyMap<string, Value> {
  if (reader.peek(path) !== "map") throw required("a map", reader, path);
  const size = reader.mapLength(path);
  const entries = new Map<string, Value>();
  for (let i = 0; i < size; i += 1) {
    const key = readText(reader, "a string as map key", path);
    entries.set(key, readValue(reader, type.element, path.atMapKey(key), depth + 1));
  }
  return entries;
}

function readTuple(reader: Reader, type: TupleType, path: Path, depth: number): readonly Value[] {
  if (reader.peek(path) !== "array") throw required("a tuple", reader, path);
  const length = reader.arrayLength(path);
  if (length !== type.elements.length) {
    throw new CtyError(path, `a tuple of length ${type.elements.length} is required (${length} given)`);
  }
  return type.elements.map((element, i) => readValue(reader, element, path.atListIndex(i), depth + 1));
}

function readObject(reader: Reader, type: ObjectType, path: Path, depth: number): Value {
  if (reader.peek(path) !== "map") throw required("an object", reader, path);
  const size = reader.mapLength(path);
  const expected = type.attributes.size;
  if (size !== expected) {
    throw new CtyError(path, `an object with ${expected} attributes is required (${size} given)`);
  }
  const given = new Map<string, Value>();
  for (let i = 0; i < size; i += 1) {
    const name = readText(reader, "a string as attribute name", path);
    const attribute = type.attributes.get(name);
    if (attribute === undefined) throw new CtyError(path.atName(name), "unsupported attribute");
    // With the number of attributes right, a repeated one would leave another one out.
    if (given.has(name)) throw new CtyError(path.atName(name), "the attribute is given twice");
    given.set(name, readValue(reader, attribute, path.atName(name), depth + 1));
  }
  return objectValue([...type.attributes.keys()].map((name) => [name, given.get(name) ?? null]));
}

function readDynamic(reader: Reader, path: Path, depth: number): Value {
  if (reader.peek(path) !== "array") throw required("a dynamic value with its type", reader, path);
  if (reader.arrayLength(path) !== 2) {
    throw new CtyError(path, "dynamic value array must have exactly two elements");
  }
  const code = reader.peek(path);
  if (code !== "str" && code !== "bin") throw required("a type as JSON", reader, path);
  // Not normalised as a whole: a mark after an escape such as \u001b would combine with its last digit.
  const type = typeFromJSON(reader.text(path), path);
  const value = readValue(reader, type, path, depth + 1);
  // Dynamic inside dynamic names no type of its own; go-cty keeps only the inner one.
  return type.kind === "dynamic" ? value : new DynamicValue(type, value);
}
