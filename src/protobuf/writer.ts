const FIRST_SIZE = 512;

/**
 * Collects an encoded message from its end to its start: the writer of a nested message knows its
 * length when the prefix is due, so that nothing is measured twice or moved. One buffer, which
 * doubles when it is full.
 */
export class Writer {
  #buffer = Buffer.allocUnsafe(FIRST_SIZE);
  #start = FIRST_SIZE;

  /** The number of bytes written. */
  get length(): number {
    return this.#buffer.length - this.#start;
  }

  /** What was written, without a copy: the writer must not be used afterwards. */
  finish(): Buffer {
    return this.#buffer.subarray(this.#start);
  }

  /** Puts the low 32 bits of `value`, taken as unsigned, before what is there. */
  uint32(value: number): void {
    let size = 1;
    for (let rest = value >>> 7; rest !== 0; rest >>>= 7) size += 1;
    const start = this.#room(size);
    let rest = value;
    for (let index = 0; index < size - 1; index += 1) {
      this.#buffer[start + index] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#buffer[start + size - 1] = rest;
  }

  /** Puts an integer of up to 64 bits as a varint; a negative one takes ten bytes. */
  int64(value: number): void {
    if (value >= 0 && value <= 0xffff_ffff) {
      this.uint32(value);
      return;
    }
    const digits: number[] = [];
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest > 0x7fn; rest >>= 7n) digits.push(Number(rest & 0x7fn) | 0x80);
    digits.push(Number(rest));
    this.raw(Uint8Array.from(digits));
  }

  /** Puts bytes as they are, without a length. */
  raw(bytes: Uint8Array): void {
    const start = this.#room(bytes.length);
    this.#buffer.set(bytes, start);
  }

  /** Puts text as UTF-8 without a length; a lone surrogate becomes U+FFFD. */
  text(text: string): void {
    const size = Buffer.byteLength(text);
    const start = this.#room(size);
    this.#buffer.write(text, start, size);
  }

  /** Reserves `size` bytes before what is there, maybe in a new buffer, and returns where they start. */
  #room(size: number): number {
    if (size > this.#start) {
      const written = this.length;
      const grown = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, written + size));
      this.#buffer.copy(grown, grown.length - written, this.#start);
      this.#buffer = grown;
      this.#start = grown.length - written;
    }
    this.#start -= size;
    return this.#start;
  }
}
