import { encodeBuffer } from "./msgpack-codec.ts";

/**
 * Writes MessagePack token by token. msgpack-lite is only ever handed null, booleans, strings, doubles
 * and integers of 32 bits: an object would be looked up by its `constructor` or `_isUint64BE` key, its
 * integers end at 2^32, and its bin and ext headers for 255 bytes differ from Go's.
 */
export class Writer {
  readonly #out = encodeBuffer();

  nil(): void {
    this.#out.write(null);
  }

  bool(value: boolean): void {
    this.#out.write(value);
  }

  string(value: string): void {
    this.#out.write(value);
  }

  /** A fraction; an integer would be written as one. */
  float(value: number): void {
    this.#out.write(value);
  }

  /** An integer of 32 bits, in the shortest form; positive ones in the unsigned forms. */
  int32(value: number): void {
    // Zero has no sign on the wire.
    this.#out.write(value + 0);
  }

  /** An integer of 64 bits, -2^63 … 2^63-1, in the shortest form; positive ones in the unsigned forms. */
  integer(value: bigint): void {
    if (-0x80000000n <= value && value <= 0xffffffffn) {
      this.int32(Number(value));
      return;
    }
    const bytes = Buffer.alloc(9, value < 0n ? 0xd3 : 0xcf);
    bytes.writeBigInt64BE(value, 1);
    this.#out.send(bytes);
  }

  array(length: number): void {
    this.#head(length, length < 16 ? [0x90 + length] : undefined, [undefined, 0xdc, 0xdd]);
  }

  map(size: number): void {
    this.#head(size, size < 16 ? [0x80 + size] : undefined, [undefined, 0xde, 0xdf]);
  }

  bin(bytes: Buffer): void {
    this.#head(bytes.length, undefined, [0xc4, 0xc5, 0xc6]);
    this.#out.send(bytes);
  }

  ext(type: number, body: Buffer): void {
    const fixed = [1, 2, 4, 8, 16].indexOf(body.length);
    this.#head(body.length, fixed >= 0 ? [0xd4 + fixed] : undefined, [0xc7, 0xc8, 0xc9]);
    this.#out.send(Buffer.from([type]));
    this.#out.send(body);
  }

  /** All bytes written so far. */
  bytes(): Buffer {
    return this.#out.read() ?? Buffer.alloc(0);
  }

  /** A header: the given bytes, or the first of three codes (for 8, 16, 32 bits) that holds the length. */
  #head(length: number, fixed: number[] | undefined, codes: [number | undefined, number, number]): void {
    const [code8, code16, code32] = codes;
    if (fixed !== undefined) this.#out.send(Buffer.from(fixed));
    else if (code8 !== undefined && length <= 0xff) this.#out.send(Buffer.from([code8, length]));
    else if (length <= 0xffff) this.#out.send(Buffer.from([code16, length >> 8, length]));
    else {
      const bytes = Buffer.alloc(5, code32);
      bytes.writeUInt32BE(length, 1);
      this.#out.send(bytes);
    }
  }
}

/** Whether the value is an integer of 32 bits, signed or not. */
export function isInt32(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && -0x80000000 <= value && value <= 0xffffffff;
}
