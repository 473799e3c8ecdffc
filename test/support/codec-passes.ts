import assert from "node:assert/strict";
import { atOnce, type Type, type Value } from "../../src/cty/index.ts";
import { decodeAny } from "../../src/cty/msgpack-decode.ts";
import { encodeAnyPieces } from "../../src/cty/msgpack-encode.ts";
import { encodePlainPieces } from "../../src/cty/msgpack-plain.ts";
import { decodePlain } from "../../src/cty/msgpack-plain-decode.ts";

/** The bytes that the single pass writes; undefined where it leaves the value to the other. */
export function plainBytes(value: unknown, type: Type): Buffer | undefined {
  return atOnce(encodePlainPieces(value, type));
}

/** The bytes of any value, without the single pass. */
export function anyBytes(value: Value, type: Type): Buffer {
  return atOnce(encodeAnyPieces(value, type));
}

/** Asserts that bytes are read as without the single pass. Whether that read them. */
export function assertReadAlike(bytes: Uint8Array, type: Type): boolean {
  const read = decodePlain(bytes, type);
  if (read !== undefined) assert.deepEqual(read, decodeAny(bytes, type));
  return read !== undefined;
}

/** Asserts that a value is written, and its bytes are read, as without the single passes. Whether those knew it. */
export function assertPassesAgree(
  value: Value,
  type: Type,
): { readonly written: boolean; readonly read: boolean } {
  const bytes = anyBytes(value, type);
  const written = plainBytes(value, type);
  if (written !== undefined) assert.deepEqual(written, bytes);
  return { written: written !== undefined, read: assertReadAlike(bytes, type) };
}
