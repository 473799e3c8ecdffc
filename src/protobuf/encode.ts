import { type Field, isNested, type Table, wireTypeOf } from "./field.ts";
import { isZero } from "./scalar.ts";
import { WireType } from "./wire.ts";
import type { Writer } from "./writer.ts";

/**
 * Writes the fields of `message` that are set, from the last to the first: see Writer. Throws a
 * TypeError for a property that is no field and for two members of one oneof, and a TypeError or
 * RangeError for a value that its field cannot hold.
 */
export function encodeFields(writer: Writer, table: Table, message: unknown): void {
  if (!isRecord(message)) throw new TypeError(`expected a message, not ${message}`);
  checkNames(table, message);
  for (const field of table.reversed) {
    const value = message[field.name];
    if (value === undefined) continue;
    try {
      encodeField(writer, field, value);
    } catch (error) {
      // Says where: a mistyped value is a mistake of the caller, deep in a large message.
      if (error instanceof Error) error.message = `${field.name}: ${error.message}`;
      throw error;
    }
  }
}

function checkNames(table: Table, message: Readonly<Record<string, unknown>>): void {
  // The compiler finds most misspelt fields, but not those of a function's inferred return type.
  for (const name in message) {
    if (!table.names.has(name)) throw new TypeError(`there is no field ${name}`);
  }
  for (const [oneof, members] of table.oneofs) {
    const set = members.filter((name) => message[name] !== undefined);
    if (set.length > 1) throw new TypeError(`${set.join(" and ")} are of one oneof, ${oneof}`);
  }
}

function encodeField(writer: Writer, field: Field, value: unknown): void {
  switch (field.rule) {
    case "plain":
      if (!isZero(value)) encodeValue(writer, field, value);
      return;
    case "optional":
      encodeValue(writer, field, value);
      return;
    case "repeated":
      encodeRepeated(writer, field, value);
      return;
    case "map":
      if (!(value instanceof Map)) throw new TypeError(`expected a Map, not ${typeof value}`);
      for (const [key, element] of [...value].reverse()) encodeValue(writer, field, { key, value: element });
  }
}

function encodeRepeated(writer: Writer, field: Field, value: unknown): void {
  if (!Array.isArray(value)) throw new TypeError(`expected an array, not ${typeof value}`);
  const elements: readonly unknown[] = value;
  if (isNested(field.type) || field.type.wire === WireType.LENGTH) {
    for (const element of elements.toReversed()) encodeValue(writer, field, element);
  } else if (elements.length > 0) {
    const before = writer.length;
    for (const element of elements.toReversed()) field.type.write(writer, element);
    writer.uint32(writer.length - before);
    writeTag(writer, field, WireType.LENGTH);
  }
}

function encodeValue(writer: Writer, field: Field, value: unknown): void {
  if (isNested(field.type)) {
    const before = writer.length;
    encodeFields(writer, field.type.table, value);
    writer.uint32(writer.length - before);
  } else {
    field.type.write(writer, value);
  }
  writeTag(writer, field, wireTypeOf(field.type));
}

function writeTag(writer: Writer, field: Field, wire: WireType): void {
  writer.uint32((field.number << 3) | wire);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
