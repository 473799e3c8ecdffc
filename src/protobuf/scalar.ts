import type { Reader } from "./reader.ts";
import { WireType } from "./wire.ts";
import type { Writer } from "./writer.ts";

/** The scalar types that the protocols of a plugin use; an enum travels as an int32. */
export type ScalarName = "bool" | "bytes" | "enum" | "int32" | "int64" | "string" | "uint32";
export type ScalarValue = boolean | Buffer | number | string;

export interface Scalar {
  readonly wire: WireType;
  /** The value of a field that is not there. */
  readonly zero: ScalarValue;
  read(reader: Reader): ScalarValue;
  /** Throws a TypeError or RangeError for a value that the type cannot hold. */
  write(writer: Writer, value: unknown): void;
}

const int32: Scalar = {
  wire: WireType.VARINT,
  zero: 0,
  read: (reader) => reader.int32(),
  write: (writer, value) => writer.int64(integer(value, -0x8000_0000, 0x7fff_ffff)),
};

export const scalars: Readonly<Record<ScalarName, Scalar>> = {
  bool: {
    wire: WireType.VARINT,
    zero: false,
    read: (reader) => reader.bool(),
    write(writer, value) {
      if (typeof value !== "boolean") throw new TypeError(`expected a boolean, not ${typeof value}`);
      writer.uint32(value ? 1 : 0);
    },
  },
  bytes: {
    wire: WireType.LENGTH,
    zero: Buffer.alloc(0),
    read: (reader) => reader.bytes(),
    write(writer, value) {
      if (!(value instanceof Uint8Array)) throw new TypeError(`expected bytes, not ${typeof value}`);
      writer.raw(value);
      writer.uint32(value.length);
    },
  },
  enum: int32,
  int32,
  int64: {
    wire: WireType.VARINT,
    zero: 0,
    read: (reader) => reader.int64(),
    write: (writer, value) => writer.int64(integer(value, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)),
  },
  string: {
    wire: WireType.LENGTH,
    zero: "",
    read: (reader) => reader.text(),
    write(writer, value) {
      if (typeof value !== "string") throw new TypeError(`expected a string, not ${typeof value}`);
      const before = writer.length;
      writer.text(value);
      writer.uint32(writer.length - before);
    },
  },
  uint32: {
    wire: WireType.VARINT,
    zero: 0,
    read: (reader) => reader.uint32(),
    write: (writer, value) => writer.uint32(integer(value, 0, 0xffff_ffff)),
  },
};

/** Whether a field without presence is left out for this value. */
export function isZero(value: unknown): boolean {
  return (
    value === 0 || value === "" || value === false || (value instanceof Uint8Array && value.length === 0)
  );
}

function integer(value: unknown, min: number, max: number): number {
  if (typeof value !== "number") throw new TypeError(`expected a number, not ${typeof value}`);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new RangeError(`${value} is not an integer from ${min} to ${max}`);
  }
  return value;
}
