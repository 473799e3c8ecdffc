// The parts of msgpack-lite 0.2.2 that this project uses. They are imported one by one, which loads in
// two thirds of the time that the package's index takes.

declare module "msgpack-lite/lib/codec-base.js" {
  /** Reads and writes single values; made without `preset`, it treats no extension type as its own. */
  export interface Codec {
    decode(decoder: import("msgpack-lite/lib/decode-buffer.js").DecodeBuffer): unknown;
  }
  export function createCodec(options: { int64?: boolean; usemap?: boolean }): Codec;
}

declare module "msgpack-lite/lib/encode-buffer.js" {
  export class EncodeBuffer {
    constructor(options: { codec: import("msgpack-lite/lib/codec-base.js").Codec });
    /** Appends one encoded value. */
    write(value: null | boolean | number | string): void;
    /** Appends bytes as they are. */
    send(bytes: Buffer): void;
    /** The bytes written so far; undefined when there are none. */
    read(): Buffer | undefined;
  }
}

declare module "msgpack-lite/lib/decode-buffer.js" {
  export class DecodeBuffer {
    constructor(options: { codec: import("msgpack-lite/lib/codec-base.js").Codec });
    /** Where the next value starts in `buffer`. */
    offset: number;
    buffer: Buffer;
    /** Takes the bytes to read from. */
    write(bytes: Buffer): void;
  }
}
