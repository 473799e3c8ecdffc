import { CtyError } from "./error.ts";
import { writeNumber } from "./msgpack-number.ts";
import { isExactNumber } from "./number.ts";
import { Path } from "./path.ts";
import { isLongText, isNormal, normalizeString } from "./unicode.ts";

/** Bytes that a writer begins with: most states have fewer. */
const FIRST = 8_192;
/** The most that a writer leaves to the next one. */
const MOST_LEFT = 262_144;
/** Characters that are written one by one, which takes less than a call of Node's. */
const SHORT_TEXT = 48;

/** The bytes of the last writer, for the next: making them anew for each value costs more than the value. */
let left: Buffer | undefined;

/** Writes scalars and headers as MessagePack, in the forms that go-cty writes. */
export class PlainWriter {
  #bytes: Buffer;
  #at = 0;

  constructor() {
    this.#bytes = left ?? Buffer.allocUnsafeSlow(FIRST);
    left = undefined;
  }

  /** A copy of the bytes. The writer is used no more. */
  end(): Buffer {
    const bytes = Buffer.from(this.#bytes.subarray(0, this.#at));
    if (this.#bytes.length <= MOST_LEFT) left = this.#bytes;
    return bytes;
  }

  nil(): void {
    this.#byte(0xc0);
  }

  bool(value: boolean): void {
    this.#byte(value ? 0xc3 : 0xc2);
  }

  /** Bytes that were made before: a key. */
  raw(bytes: Uint8Array): void {
    const { length } = bytes;
    const at = this.#room(length);
    const into = this.#bytes;
    for (let i = 0; i < length; i += 1) into[at + i] = bytes[i] ?? 0;
  }

  /** Whether the text could be written at once. One that is long may have to be normalised in pieces. */
  string(text: string): boolean {
    const { length } = text;
    if (length > SHORT_TEXT) return this.#text(text);
    const head = length < 32 ? 1 : 2;
    const start = this.#room(head + length);
    const into = this.#bytes;
    let at = start + head;
    for (let i = 0; i < length; i += 1) {
      const code = text.charCodeAt(i);
      if (code > 0x7f) {
        this.#at = start;
        return this.#text(text);
      }
      into[at] = code;
      at += 1;
    }
    if (head === 1) into[start] = 0xa0 | length;
    else {
      into[start] = 0xd9;
      into[start + 1] = length;
    }
    return true;
  }

  #text(text: string): boolean {
    if (isNormal(text)) this.normal(text);
    else if (isLongText(text)) return false;
    else this.normal(normalizeString(text));
    return true;
  }

  /** A text that is normalised. */
  normal(text: string): void {
    const length = Buffer.byteLength(text);
    if (length < 32) this.#byte(0xa0 | length);
    else this.#head(length, 0xd9, 0xda, 0xdb);
    const at = this.#room(length);
    this.#bytes.write(text, at, length, "utf8");
  }

  /** Whether the value is a number that Terraform keeps, and was written. */
  number(value: unknown): boolean {
    if (typeof value === "number" && Number.isInteger(value) && -0x80000000 <= value && value <= 0xffffffff) {
      this.#int32(value);
      return true;
    }
    if (!isExactNumber(value)) return false;
    try {
      writeNumber(this, value, Path.root);
      return true;
    } catch (error) {
      if (!(error instanceof CtyError)) throw error;
      return false;
    }
  }

  float(value: number): void {
    const at = this.#room(9);
    this.#bytes[at] = 0xcb;
    this.#bytes.writeDoubleBE(value, at + 1);
  }

  /** An integer of 64 bits. */
  integer(value: bigint): void {
    if (-0x80000000n <= value && value <= 0xffffffffn) {
      this.#int32(Number(value));
      return;
    }
    const at = this.#room(9);
    this.#bytes[at] = value < 0n ? 0xd3 : 0xcf;
    this.#bytes.writeBigInt64BE(BigInt.asIntN(64, value), at + 1);
  }

  /** In the shortest form; positive ones in the unsigned forms. */
  #int32(value: number): void {
    if (value >= 0) {
      if (value < 0x80) this.#byte(value);
      else if (value < 0x100) this.#bigEndian(0xcc, value, 1);
      else if (value < 0x10000) this.#bigEndian(0xcd, value, 2);
      else this.#bigEndian(0xce, value, 4);
    } else if (value >= -0x20) this.#byte(value & 0xff);
    else if (value >= -0x80) this.#bigEndian(0xd0, value, 1);
    else if (value >= -0x8000) this.#bigEndian(0xd1, value, 2);
    else this.#bigEndian(0xd2, value, 4);
  }

  array(length: number): void {
    if (length < 16) this.#byte(0x90 | length);
    else this.#head(length, undefined, 0xdc, 0xdd);
  }

  map(size: number): void {
    if (size < 16) this.#byte(0x80 | size);
    else this.#head(size, undefined, 0xde, 0xdf);
  }

  #head(length: number, code8: number | undefined, code16: number, code32: number): void {
    if (code8 !== undefined && length < 0x100) this.#bigEndian(code8, length, 1);
    else if (length < 0x10000) this.#bigEndian(code16, length, 2);
    else this.#bigEndian(code32, length, 4);
  }

  #byte(value: number): void {
    const at = this.#room(1);
    this.#bytes[at] = value;
  }

  #bigEndian(code: number, value: number, size: 1 | 2 | 4): void {
    const at = this.#room(1 + size);
    const into = this.#bytes;
    into[at] = code;
    for (let i = 0; i < size; i += 1) into[at + size - i] = value >> (8 * i);
  }

  /** Makes room for so many bytes, and returns where they begin. */
  #room(length: number): number {
    const at = this.#at;
    this.#at = at + length;
    if (this.#at > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#bytes.length, this.#at));
      this.#bytes.copy(larger, 0, 0, at);
      this.#bytes = larger;
    }
    return at;
  }
}
