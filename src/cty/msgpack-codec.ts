import { type Codec, createCodec } from "msgpack-lite/lib/codec-base.js";
// These two install the halves of the codec, so they come before any codec is made.
import { DecodeBuffer } from "msgpack-lite/lib/decode-buffer.js";
import { EncodeBuffer } from "msgpack-lite/lib/encode-buffer.js";

let codec: Codec | undefined;

/**
 * The codec for single values. Without the preset, because that reads extension type 12, Terraform's
 * refined unknown, as a JavaScript String; with int64, because integers of 64 bits are rounded without.
 */
export function scalarCodec(): Codec {
  codec ??= createCodec({ int64: true, usemap: true });
  return codec;
}

/** An empty output of msgpack-lite. */
export function encodeBuffer(): EncodeBuffer {
  return new EncodeBuffer({ codec: scalarCodec() });
}

/** A msgpack-lite input over the bytes, which are not copied. */
export function decodeBuffer(bytes: Uint8Array): DecodeBuffer {
  const decoder = new DecodeBuffer({ codec: scalarCodec() });
  decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return decoder;
}
