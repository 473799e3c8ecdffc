import assert from "node:assert/strict";
import * as cty from "../../src/cty/index.ts";
import { assertPassesAgree, assertReadAlike } from "../support/codec-passes.ts";
import type { Encoded, Oracle, Verdict } from "./oracle.ts";

/** What src/cty makes of an encoded value, in the oracle's words. */
export function ours(type: cty.Type, encoded: Encoded): Verdict {
  let value: cty.Value;
  let msgpack: Buffer;
  try {
    value =
      "msgpack" in encoded ? cty.decodeMsgpack(encoded.msgpack, type) : cty.decodeJSON(encoded.json, type);
    msgpack = cty.encodeMsgpack(value, type);
    assertPassesAgree(value, type);
    if ("msgpack" in encoded) assertReadAlike(encoded.msgpack, type);
  } catch (error) {
    // Anything else is a crash.
    if (!(error instanceof cty.CtyError)) throw error;
    return { accepted: false, reason: error.message, panicked: false };
  }
  return {
    accepted: true,
    msgpack,
    json: cty.isWhollyKnown(value) ? cty.encodeJSON(value, type) : undefined,
  };
}

/** Asserts that go-cty and src/cty make the same of an encoded value. */
export async function assertSame(oracle: Oracle, type: cty.Type, encoded: Encoded): Promise<void> {
  const typeJSON = cty.typeToJSON(type);
  const theirs = await oracle.ask(typeJSON, encoded);
  const own = ours(type, encoded);
  const given = "msgpack" in encoded ? Buffer.from(encoded.msgpack).toString("hex") : encoded.json;
  const message = `${typeJSON}: ${given}\n go-cty  ${reported(theirs)}\n src/cty ${reported(own)}`;
  assert.ok(own.accepted && theirs.accepted, message);
  assert.ok(sameMsgpack(theirs.msgpack, own.msgpack, type), message);
  assert.ok(sameJSON(theirs.json, own.json, type), message);
}

/**
 * Whether both wrote the same bytes. One difference is none: go-cty orders elements of sets that are not
 * strings, numbers or bools by a hash that it promises to nobody. Then its bytes must hold an equal
 * value, and src/cty must write that value with the very same bytes.
 */
export function sameMsgpack(theirs: Buffer, own: Buffer, type: cty.Type): boolean {
  if (theirs.equals(own)) return true;
  const value = cty.decodeMsgpack(theirs, type);
  return (
    hasHashedSet(type, value) &&
    cty.equals(value, cty.decodeMsgpack(own, type), type) &&
    cty.encodeMsgpack(value, type).equals(theirs)
  );
}

export function sameJSON(theirs: string | undefined, own: string | undefined, type: cty.Type): boolean {
  if (theirs === own) return true;
  if (theirs === undefined || own === undefined) return false;
  const value = cty.decodeJSON(theirs, type);
  return (
    hasHashedSet(type, value) &&
    cty.equals(value, cty.decodeJSON(own, type), type) &&
    cty.encodeJSON(value, type) === theirs
  );
}

function hasHashedSet(type: cty.Type, value: cty.Value): boolean {
  if (value instanceof cty.DynamicValue) return hasHashedSet(value.type, value.value);
  if (value === null || typeof value !== "object" || cty.isUnknown(value) || value instanceof cty.Decimal)
    return false;
  if (type.kind === "set" && !["string", "number", "bool"].includes(type.element.kind)) return true;
  if (type.kind === "object") {
    const attributes = new Map(Object.entries(value));
    return [...type.attributes].some(([name, one]) => hasHashedSet(one, attributes.get(name) ?? null));
  }
  const elements: cty.Value[] = value instanceof Map ? [...value.values()] : Object.values(value);
  return elements.some((element, i) => {
    if ("element" in type) return hasHashedSet(type.element, element);
    return type.kind === "tuple" && hasHashedSet(type.elements[i] ?? cty.bool, element);
  });
}

export function reported(verdict: Verdict): string {
  if (!verdict.accepted) return `${verdict.panicked ? "panics" : "refuses"}: ${verdict.reason}`;
  return `${verdict.msgpack.toString("hex")} ${verdict.json}`;
}
