import { CtyError, MAX_DEPTH } from "./error.ts";
import { type Layout, layoutOf } from "./layout.ts";
import { parseNumber } from "./number.ts";
import type { Type } from "./type.ts";
import { normalizeString } from "./unicode.ts";
import type { Value } from "./value.ts";

/*
 * One pass over MessagePack as Terraform writes it: each object with its attributes in order, and nearly all values
 * known. What it does not know is left to msgpack-decode.ts, which reads any form, and says what is wrong.
 */

/** What is read where something unusual stands. */
const UNUSUAL: unique symbol = Symbol("unusual");
type Unusual = typeof UNUSUAL;

/** The value of the type; undefined where the bytes hold anything unusual, or no such value. */
export function decodePlain(bytes: Uint8Array, type: Type): Value | undefined {
  const decoder = new PlainDecoder(bytes);
  const value = decoder.value(layoutOf(type), 0);
  return value === UNUSUAL || !decoder.ended ? undefined : value;
}

class PlainDecoder {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get ended(): boolean {
    return this.#at === this.#bytes.length;
  }

  value(layout: Layout, depth: number): Value | Unusual {
    if (depth > MAX_DEPTH) return UNUSUAL;
    if (this.#bytes[this.#at] === 0xc0) {
      this.#at += 1;
      return null;
    }
    switch (layout.kind) {
      case "string":
        return this.#string();
      case "number":
        return this.#number();
      case "bool":
        return this.#bool();
      case "object":
        return this.#object(layout, depth + 1);
      case "list":
      case "set":
        return this.#list(layout, depth + 1);
      case "map":
        return this.#map(layout, depth + 1);
      default:
        return UNUSUAL;
    }
  }

  #bool(): boolean | Unusual {
    const code = this.#bytes[this.#at];
    if (code !== 0xc2 && code !== 0xc3) return UNUSUAL;
    this.#at += 1;
    return code === 0xc3;
  }

  #string(): string | Unusual {
    const length = this.#length(0xa0, 0xbf, 0xd9, 0xda, 0xdb);
    const end = this.#at + length;
    if (length < 0 || end > this.#bytes.length) return UNUSUAL;
    const text = this.#bytes.toString("utf8", this.#at, end);
    // What is no UTF-8 looks like this, too.
    if (text.includes("\ufffd")) return UNUSUAL;
    this.#at = end;
    return normalizeString(text);
  }

  #number(): Value | Unusual {
    const bytes = this.#bytes;
    const at = this.#at;
    const code = bytes[at];
    if (code === undefined) return UNUSUAL;
    if (code < 0x80 || code >= 0xe0) {
      this.#at = at + 1;
      return code < 0x80 ? code : code - 0x100;
    }
    const size = sizes[code - 0xca] ?? 0;
    // As text, or a form that is not Terraform's.
    if (size === 0) return this.#numberText();
    if (at + 1 + size > bytes.length) return UNUSUAL;
    this.#at = at + 1 + size;
    switch (code) {
      case 0xcb:
        return doubleValue(bytes.readDoubleBE(at + 1));
      case 0xcf:
        return integerValue(bytes.readBigUInt64BE(at + 1));
      case 0xd3:
        return integerValue(bytes.readBigInt64BE(at + 1));
      default:
        return code < 0xd0 ? bytes.readUIntBE(at + 1, size) : bytes.readIntBE(at + 1, size);
    }
  }

  #numberText(): Value | Unusual {
    const text = this.#string();
    if (text === UNUSUAL) return UNUSUAL;
    try {
      return parseNumber(text);
    } catch (error) {
      if (!(error instanceof CtyError)) throw error;
      return UNUSUAL;
    }
  }

  #list({ kind, element }: Layout, depth: number): Value | Unusual {
    const length = this.#length(0x90, 0x9f, undefined, 0xdc, 0xdd);
    // A set of more would have to be put in order.
    if (element === undefined || !this.#holds(length) || (kind === "set" && length > 1)) return UNUSUAL;
    const elements: Value[] = [];
    for (let i = 0; i < length; i += 1) {
      const value = this.value(element, depth);
      if (value === UNUSUAL) return UNUSUAL;
      elements.push(value);
    }
    return elements;
  }

  #map({ element }: Layout, depth: number): Value | Unusual {
    const size = this.#length(0x80, 0x8f, undefined, 0xde, 0xdf);
    if (element === undefined || !this.#holds(size)) return UNUSUAL;
    const entries = new Map<string, Value>();
    for (let i = 0; i < size; i += 1) {
      const key = this.#string();
      const value = key === UNUSUAL ? UNUSUAL : this.value(element, depth);
      if (key === UNUSUAL || value === UNUSUAL) return UNUSUAL;
      entries.set(key, value);
    }
    return entries;
  }

  #object({ names, keys, attributes }: Layout, depth: number): Value | Unusual {
    const record: Record<string, Value> = Object.create(null);
    for (let i = 0; i < names.length; i += 1) {
      const [name, key, attribute] = [names[i], keys[i], attributes[i]];
      if (name === undefined || key === undefined || attribute === undefined) return UNUSUAL;
      if (!this.#skip(key)) return UNUSUAL;
      const value = this.value(attribute, depth);
      if (value === UNUSUAL) return UNUSUAL;
      record[name] = value;
    }
    return record;
  }

  /** Whether just these bytes are next. */
  #skip(expected: Uint8Array): boolean {
    const { length } = expected;
    const at = this.#at;
    const bytes = this.#bytes;
    for (let i = 0; i < length; i += 1) if (bytes[at + i] !== expected[i]) return false;
    this.#at = at + length;
    return true;
  }

  /** Whether so many values may follow: a header may claim four thousand million. */
  #holds(length: number): boolean {
    return 0 <= length && length <= this.#bytes.length - this.#at;
  }

  /** Reads a header; -1 where it is none of these. */
  #length(first: number, last: number, code8: number | undefined, code16: number, code32: number): number {
    const bytes = this.#bytes;
    const at = this.#at;
    const code = bytes[at];
    if (code === undefined) return -1;
    if (first <= code && code <= last) {
      this.#at = at + 1;
      return code - first;
    }
    const size = code === code8 ? 1 : code === code16 ? 2 : code === code32 ? 4 : 0;
    if (size === 0 || at + 1 + size > bytes.length) return -1;
    this.#at = at + 1 + size;
    return bytes.readUIntBE(at + 1, size);
  }
}

/** How many bytes follow the codes ca … d3; 0 where it is not Terraform's form, which is the slower pass's. */
const sizes = [0, 8, 1, 2, 4, 8, 1, 2, 4, 8];

function integerValue(value: bigint): Value {
  const double = Number(value);
  return Number.isSafeInteger(double) ? double : value;
}

function doubleValue(value: number): Value | Unusual {
  if (Number.isInteger(value)) return Number.isSafeInteger(value) ? value + 0 : UNUSUAL;
  return Number.isFinite(value) ? value : UNUSUAL;
}
