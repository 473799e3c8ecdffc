import { checkDepth } from "./error.ts";
import { writeNumber } from "./msgpack-number.ts";
import { encodePlainPieces } from "./msgpack-plain.ts";
import { isInt32, Writer } from "./msgpack-writer.ts";
import { Path } from "./path.ts";
import { atOnce, type Pieces, STEP } from "./pieces.ts";
import { writeUnknown } from "./refinements.ts";
import { checkSameType } from "./same-type.ts";
import { canonicalElements } from "./set-order.ts";
import { attributesOf, boolOf, dynamicOf, elementsOf, entryPieces, numberOf, textOf } from "./shape.ts";
import { type Type, typeToJSON } from "./type.ts";
import { isLongText, normalizePieces, normalizeString } from "./unicode.ts";
import { isUnknown, type Value } from "./value.ts";

/**
 * The value as MessagePack, byte for byte what go-cty's msgpack.Marshal writes. Throws CtyError, with
 * the path, when the value is not of the type or holds a number that Terraform would round.
 */
export function encodeMsgpack(value: Value, type: Type): Buffer {
  return atOnce(encodeMsgpackPieces(value, type));
}

/** {@link encodeMsgpack} as work in pieces. */
export function* encodeMsgpackPieces(value: Value, type: Type): Pieces<Buffer> {
  return (yield* encodePlainPieces(value, type)) ?? (yield* encodeAnyPieces(value, type));
}

/** The same for any value, and with the path of what is wrong. */
export function* encodeAnyPieces(value: Value, type: Type): Pieces<Buffer> {
  const writer = new Writer();
  yield* write(writer, value, type, Path.root, 0);
  return writer.bytes();
}

/** Writes what needs no path to be named by. Whether it was that. */
function writePlain(writer: Writer, value: unknown, { kind }: Type): boolean {
  if (value === null) writer.nil();
  else if (kind === "string" && typeof value === "string" && !isLongText(value))
    writer.string(normalizeString(value));
  else if (kind === "bool" && typeof value === "boolean") writer.bool(value);
  else if (kind === "number" && isInt32(value)) writer.int32(value);
  else return false;
  return true;
}

function* write(writer: Writer, value: unknown, type: Type, path: Path, depth: number): Pieces<undefined> {
  checkDepth(path, depth);
  if (value === null) writer.nil();
  else if (isUnknown(value)) writeUnknown(writer, value, type, path);
  else if (type.kind === "string" && typeof value === "string" && isLongText(value))
    writer.string(yield* normalizePieces(value));
  else if (type.kind === "string") writer.string(textOf(value, type, path));
  else if (type.kind === "number") writeNumber(writer, numberOf(value, type, path), path);
  else if (type.kind === "bool") writer.bool(boolOf(value, type, path));
  else if (type.kind === "dynamic") yield* writeDynamic(writer, value, type, path, depth);
  else yield* writeContainer(writer, value, type, path, depth + 1);
}

type Container = Exclude<Type, { kind: "string" | "number" | "bool" | "dynamic" }>;

function* writeContainer(
  writer: Writer,
  value: unknown,
  type: Container,
  path: Path,
  depth: number,
): Pieces<undefined> {
  switch (type.kind) {
    case "list":
    case "set":
    case "tuple": {
      const given = elementsOf(value, type, path);
      const elements = type.kind === "set" ? canonicalElements(given, type.element, path) : given;
      if (type.kind !== "tuple") checkSameType(elements, type.element, path);
      writer.array(elements.length);
      for (const [i, element] of elements.entries()) {
        const elementType = type.kind === "tuple" ? type.elements[i] : type.element;
        if (i % STEP === STEP - 1) yield;
        if (elementType === undefined || writePlain(writer, element, elementType)) continue;
        yield* write(writer, element, elementType, path.atListIndex(i), depth);
      }
      return;
    }
    case "map": {
      const entries = yield* entryPieces(value, type, path);
      checkSameType(valuesOf(entries), type.element, path);
      writer.map(entries.length);
      for (const [i, [key, element]] of entries.entries()) {
        if (i % STEP === STEP - 1) yield;
        writer.string(key);
        if (writePlain(writer, element, type.element)) continue;
        yield* write(writer, element, type.element, path.atMapKey(key), depth);
      }
      return;
    }
    case "object": {
      const attributes = attributesOf(value, type, path);
      writer.map(attributes.length);
      for (const attribute of attributes) {
        writer.string(attribute.name);
        if (writePlain(writer, attribute.value, attribute.type)) continue;
        yield* write(writer, attribute.value, attribute.type, path.atName(attribute.name), depth);
      }
    }
  }
}

/** The values of pairs, one by one, since mostly none is looked at. */
function* valuesOf(entries: readonly (readonly [string, unknown])[]): Generator<unknown> {
  for (const [, value] of entries) yield value;
}

/** A value in a dynamic slot goes with its type: an array of the type's JSON and the value. */
function* writeDynamic(
  writer: Writer,
  value: unknown,
  type: Type,
  path: Path,
  depth: number,
): Pieces<undefined> {
  const concrete = dynamicOf(value, type, path);
  writer.array(2);
  writer.bin(Buffer.from(typeToJSON(concrete.type)));
  yield* write(writer, concrete.value, concrete.type, path, depth + 1);
}
