import type { DecodeBuffer } from "msgpack-lite/lib/decode-buffer.js";
import { CtyError } from "./error.ts";
import { decodeBuffer, scalarCodec } from "./msgpack-codec.ts";
import type { Path } from "./path.ts";

/** What a MessagePack value is, from its first byte. */
export type Code = "nil" | "bool" | "int" | "float" | "str" | "bin" | "array" | "map" | "ext" | "reserved";

const NAMES: Record<Code, string> = {
  nil: "null",
  bool: "a bool",
  int: "a number",
  float: "a number",
  str: "a string",
  bin: "a string",
  array: "a list",
  map: "a map",
  ext: "an unknown value",
  reserved: "a byte that MessagePack does not use",
};

export interface Extension {
  readonly type: number;
  readonly body: Buffer;
}

/**
 * Reads MessagePack token by token. Containers are walked here rather than by msgpack-lite, so that the
 * depth is bounded, an error has its path, and no user's key becomes a property name.
 */
export class Reader {
  readonly #in: DecodeBuffer;

  constructor(bytes: Uint8Array) {
    this.#in = decodeBuffer(bytes);
  }

  get remaining(): number {
    return this.#in.buffer.length - this.#in.offset;
  }

  /** What comes next. Throws CtyError at the end of the bytes. */
  peek(path: Path): Code {
    return codeOf(this.#first(path));
  }

  /** What comes next, named for a message. */
  nextName(path: Path): string {
    return NAMES[this.peek(path)];
  }

  /** Reads nil, a bool, a float or an integer; an integer of the 64-bit forms comes as bigint. */
  scalar(path: Path): null | boolean | number | bigint {
    const value = this.#decode(path);
    if (value === null || typeof value === "boolean" || typeof value === "number") return value;
    return BigInt(String(value));
  }

  /** Reads a string, or a byte string as UTF-8. */
  text(path: Path): string {
    const value = this.#decode(path);
    return Buffer.isBuffer(value) ? value.toString("utf8") : String(value);
  }

  /** Reads a string that must be valid UTF-8; elsewhere go-cty replaces what is not. */
  strictText(path: Path): string {
    const text = this.text(path);
    const bytes = Buffer.from(text);
    const { buffer, offset } = this.#in;
    if (!buffer.subarray(offset - bytes.length, offset).equals(bytes)) {
      throw new CtyError(path, "the string is not valid UTF-8");
    }
    return text;
  }

  /** Reads the header of an array and returns how many elements follow. */
  arrayLength(path: Path): number {
    return this.#length(path, this.#first(path) & 0x0f, 0xdc, 0xdd, 1);
  }

  /** Reads the header of a map and returns how many pairs follow. */
  mapLength(path: Path): number {
    return this.#length(path, this.#first(path) & 0x0f, 0xde, 0xdf, 2);
  }

  ext(path: Path): Extension {
    const value = this.#decode(path);
    if (!isExtBuffer(value)) throw new TypeError("not at an extension value");
    return { type: value.type, body: value.buffer };
  }

  /** Reads past one value of any kind. Only for bodies whose length bounds the depth. */
  skip(path: Path): void {
    this.#decode(path);
  }

  #first(path: Path): number {
    const first = this.#in.buffer[this.#in.offset];
    if (first === undefined) throw endsEarly(path);
    return first;
  }

  #decode(path: Path): unknown {
    const code = this.peek(path);
    if (code === "reserved") throw new CtyError(path, `a value is required, got ${NAMES[code]}`);
    try {
      return scalarCodec().decode(this.#in);
    } catch (error) {
      if (error instanceof Error && error.message === "BUFFER_SHORTAGE") throw endsEarly(path);
      throw error;
    }
  }

  #length(path: Path, fixed: number, code16: number, code32: number, bytesEach: number): number {
    const { buffer, offset } = this.#in;
    const first = this.#first(path);
    const size = first === code16 ? 2 : first === code32 ? 4 : 0;
    if (this.remaining < 1 + size) throw endsEarly(path);
    const length = size === 0 ? fixed : buffer.readUIntBE(offset + 1, size);
    this.#in.offset = offset + 1 + size;
    // Checked before anything is allocated for the elements: a header may claim four thousand million.
    if (length * bytesEach > this.remaining) throw endsEarly(path);
    return length;
  }
}

function endsEarly(path: Path): CtyError {
  return new CtyError(path, "the MessagePack data ends too early");
}

function isExtBuffer(value: unknown): value is { type: number; buffer: Buffer } {
  return typeof value === "object" && value !== null && "type" in value && "buffer" in value;
}

function codeOf(first: number): Code {
  if (first <= 0x7f || first >= 0xe0) return "int";
  if (first <= 0x8f) return "map";
  if (first <= 0x9f) return "array";
  if (first <= 0xbf) return "str";
  return CODES[first - 0xc0] ?? "reserved";
}

/** The codes c0 … df, in order. */
const CODES: readonly Code[] = [
  ...repeat("nil", 1),
  ...repeat("reserved", 1),
  ...repeat("bool", 2),
  ...repeat("bin", 3),
  ...repeat("ext", 3),
  ...repeat("float", 2),
  ...repeat("int", 8),
  ...repeat("ext", 5),
  ...repeat("str", 3),
  ...repeat("array", 2),
  ...repeat("map", 2),
];

function repeat(code: Code, times: number): Code[] {
  return Array.from({ length: times }, () => code);
}
