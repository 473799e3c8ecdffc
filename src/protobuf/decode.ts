import { type Field, isNested, type Nested, type Table, wireTypeOf } from "./field.ts";
import type { Reader } from "./reader.ts";
import type { Scalar } from "./scalar.ts";
import { skipField } from "./skip.ts";
import { MAX_DEPTH, WireError, WireType } from "./wire.ts";

/** A message being read: scalars, arrays, Maps and further records by field name. */
export type Decoded = Record<string, unknown>;

/** A message of the table in which nothing is set. */
export function emptyMessage(table: Table): Decoded {
  const message: Decoded = {};
  for (const field of table.fields) message[field.name] = unset(field);
  return message;
}

function unset(field: Field): unknown {
  if (field.rule === "repeated") return [];
  if (field.rule === "map") return new Map();
  return field.rule === "plain" && !isNested(field.type) ? field.type.zero : undefined;
}

/**
 * Reads the fields up to the reader's end into `message`, over what is there: of a scalar the last
 * value counts, messages are merged, repeated fields grow. `depth` counts the messages around this
 * one. Throws a WireError.
 */
export function decodeFields(reader: Reader, table: Table, message: Decoded, depth: number): void {
  if (depth > MAX_DEPTH) throw new WireError("the input nests too deeply");
  while (!reader.done) {
    const { number, wire } = reader.tag();
    const field = table.byNumber.get(number);
    if (field === undefined) skipField(reader, number, wire, depth);
    else decodeField(reader, table, field, wire, message, depth);
  }
}

function decodeField(
  reader: Reader,
  table: Table,
  field: Field,
  wire: number,
  message: Decoded,
  depth: number,
): void {
  const old = message[field.name];
  if (Array.isArray(old)) {
    decodeElements(reader, field, wire, old, depth);
    return;
  }
  expectWireType(field, wire);
  if (old instanceof Map) {
    decodeEntry(reader, field.type, old, depth);
    return;
  }
  const oneof = field.oneof === undefined ? undefined : table.oneofs.get(field.oneof);
  for (const member of oneof ?? []) {
    if (member !== field.name) message[member] = undefined;
  }
  message[field.name] = decodeValue(reader, field.type, old, depth);
}

/** Reads an element, or a packed run of numbers, whichever way the peer wrote them. */
function decodeElements(
  reader: Reader,
  field: Field,
  wire: number,
  elements: unknown[],
  depth: number,
): void {
  if (wire === WireType.LENGTH && wireTypeOf(field.type) === WireType.VARINT) {
    for (const run = reader.nested(); !run.done; )
      elements.push(decodeValue(run, field.type, undefined, depth));
  } else {
    expectWireType(field, wire);
    elements.push(decodeValue(reader, field.type, undefined, depth));
  }
}

/** Reads an entry; a key or value that it lacks is zero, and of two entries with one key the last counts. */
function decodeEntry(reader: Reader, type: Scalar | Nested, map: Map<unknown, unknown>, depth: number): void {
  if (!isNested(type)) throw new TypeError("a map's entries are messages");
  const entry = emptyMessage(type.table);
  decodeFields(reader.nested(), type.table, entry, depth + 1);
  for (const field of type.table.fields) entry[field.name] ??= zero(field.type);
  map.set(entry.key, entry.value);
}

function zero(type: Scalar | Nested): unknown {
  return isNested(type) ? emptyMessage(type.table) : type.zero;
}

/** Reads one value; `old` is the field's value so far, into which a message is merged. */
function decodeValue(reader: Reader, type: Scalar | Nested, old: unknown, depth: number): unknown {
  if (!isNested(type)) return type.read(reader);
  const message = isDecoded(old) ? old : emptyMessage(type.table);
  decodeFields(reader.nested(), type.table, message, depth + 1);
  return message;
}

/**
 * A known field with another wire type is not skipped as unknown, as protobuf parsers may: it would
 * be read as unset, and the peer speaks a protocol that is not ours.
 */
function expectWireType(field: Field, wire: number): void {
  if (wire !== wireTypeOf(field.type)) throw new WireError(`field ${field.name} has wire type ${wire}`);
}

function isDecoded(value: unknown): value is Decoded {
  return typeof value === "object" && value !== null;
}
