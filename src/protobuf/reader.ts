import { isUtf8 } from "node:buffer";
import { WireError } from "./wire.ts";

const TWO_TO_32 = 0x1_0000_0000;

/** Walks over encoded bytes. Every method throws a WireError when they end early or are malformed. */
export class Reader {
  readonly #buffer: Buffer;
  readonly #end: number;
  #position: number;
  // The halves of the varint read last, as signed 32-bit integers.
  #low = 0;
  #high = 0;

  constructor(buffer: Buffer, start = 0, end = buffer.length) {
    this.#buffer = buffer;
    this.#position = start;
    this.#end = end;
  }

  get done(): boolean {
    return this.#position >= this.#end;
  }

  /** A field's number (1 to 2^29 - 1) and wire type, which may be one that does not exist. */
  tag(): { number: number; wire: number } {
    this.#varint();
    const number = this.#low >>> 3;
    if (number === 0 || this.#high !== 0) throw new WireError("a field number is out of range");
    return { number, wire: this.#low & 7 };
  }

  bool(): boolean {
    this.#varint();
    return this.#low !== 0 || this.#high !== 0;
  }

  /** The low 32 bits of a varint, as protobuf parsers take them. */
  int32(): number {
    this.#varint();
    return this.#low;
  }

  uint32(): number {
    return this.int32() >>> 0;
  }

  /** Throws a RangeError for an integer that a JavaScript number cannot hold exactly. */
  int64(): number {
    this.#varint();
    const value = this.#high * TWO_TO_32 + (this.#low >>> 0);
    if (!Number.isSafeInteger(value)) throw new RangeError("an int64 is beyond 2^53");
    return value;
  }

  /** A length and as many bytes: a view of the input, not a copy. */
  bytes(): Buffer {
    const start = this.#advance(this.#length());
    return this.#buffer.subarray(start, this.#position);
  }

  /** A length and as many bytes of UTF-8. */
  text(): string {
    const start = this.#advance(this.#length());
    const text = this.#buffer.toString("utf8", start, this.#position);
    // Invalid bytes were replaced by U+FFFD: only a text that has one is worth a second look.
    if (text.includes("\ufffd") && !isUtf8(this.#buffer.subarray(start, this.#position))) {
      throw new WireError("a string is not valid UTF-8");
    }
    return text;
  }

  /** A reader over a length and as many bytes, which this reader steps over. */
  nested(): Reader {
    const start = this.#advance(this.#length());
    return new Reader(this.#buffer, start, this.#position);
  }

  /** Steps over `size` bytes. */
  fixed(size: number): void {
    this.#advance(size);
  }

  #length(): number {
    this.#varint();
    if (this.#high !== 0) throw new WireError("a length is out of range");
    return this.#low >>> 0;
  }

  /** Steps over `size` bytes and returns where they start. */
  #advance(size: number): number {
    const start = this.#position;
    if (size > this.#end - start) throw new WireError("the input ends early");
    this.#position = start + size;
    return start;
  }

  #byte(): number {
    const byte = this.#buffer[this.#position];
    if (byte === undefined || this.#position >= this.#end) throw new WireError("the input ends early");
    this.#position += 1;
    return byte;
  }

  #varint(): void {
    this.#low = 0;
    this.#high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#byte();
      const bits = byte & 0x7f;
      if (shift < 32) this.#low |= bits << shift;
      if (shift === 28) this.#high = bits >>> 4;
      if (shift > 32) this.#high |= bits << (shift - 32);
      // As Go's protowire: the tenth byte has room for the 64th bit only.
      if (shift === 63 && bits > 1) break;
      if (byte < 0x80) return;
    }
    throw new WireError("a varint is longer than 64 bits");
  }
}
