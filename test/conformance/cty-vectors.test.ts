import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import {
  CtyError,
  type DynamicValue,
  decodeJSON,
  decodeMsgpack,
  encodeJSON,
  encodeMsgpack,
  equals,
  isUnknown,
  type Type,
  typeFromJSON,
  typeToJSON,
  type Value,
} from "../../src/cty/index.ts";
import { assertPassesAgree, assertReadAlike } from "../support/codec-passes.ts";
import { againstOutsideData } from "../support/outside-data.ts";
import { fromNotation, stripDynamic } from "./cty-notation.ts";

// Vectors recorded from Terraform 1.11.4 and from the tests of go-cty and terraform-plugin-go. They lie
// outside the repository; without them the self-written vectors of test/unit/cty still run.
const FILE = join("data", "cty-msgpack-vectors.json");

interface Vector {
  readonly id: string;
  readonly kind: "roundtrip" | "encode" | "decode" | "implied_type";
  readonly type: unknown;
  readonly description: string;
  readonly value?: unknown;
  readonly msgpack_hex?: string;
  readonly msgpack_hex_rle?: readonly [string, number][];
  readonly accepted?: boolean;
}

interface Vectors {
  readonly vectors: readonly Vector[];
  readonly json_value_vectors: readonly {
    readonly id: string;
    readonly type: unknown;
    readonly json: string;
    readonly msgpack_hex_of_decoded: string;
  }[];
  readonly type_json_vectors: readonly { readonly go: string; readonly json: string }[];
}

/** Vectors that cannot hold as written, with the reason; what holds instead is tested below. */
const EXCEPTIONS = new Map([
  ["gocty-roundtrip-20", "infinities are refused: Terraform decodes one, and fails when it saves it"],
  ["gocty-roundtrip-21", "infinities are refused"],
  ["tftypes-positive-infinity-number", "infinities are refused"],
  ["tftypes-negative-infinity-number", "infinities are refused"],
  ["tftypes-float64-negative-number", "5e-324 is not exactly the smallest double, so it is sent as text"],
  ["gocty-json-15", "a set of bools starts with false, as in the captured tf1114-emit-107"],
  ["tf1114-decode-455", "bytes after the value are refused, where Terraform ignores them"],
]);

againstOutsideData((data) => describe("cty vectors", () => compareVectors(join(data, FILE))));

function compareVectors(file: string): void {
  const { vectors, json_value_vectors, type_json_vectors }: Vectors = JSON.parse(readFileSync(file, "utf8"));
  const counts = new Map<string, number>();
  const count = (kind: string) => counts.set(kind, (counts.get(kind) ?? 0) + 1);

  for (const vector of vectors) {
    const name = `${vector.kind} ${vector.id}: ${vector.description}`;
    if (vector.kind === "implied_type") continue;
    if (EXCEPTIONS.has(vector.id)) continue;
    test(name, () => {
      count(vector.kind);
      if (vector.kind === "decode") checkDecode(vector);
      else checkBothWays(vector);
    });
  }

  for (const vector of json_value_vectors) {
    if (EXCEPTIONS.has(vector.id)) continue;
    test(`JSON value ${vector.id}: ${vector.json}`, () => {
      count("json_value");
      const type = typeFromJSON(JSON.stringify(vector.type));
      const value = decodeJSON(vector.json, type);
      assert.equal(encodeMsgpack(value, type).toString("hex"), vector.msgpack_hex_of_decoded);
      assert.equal(encodeJSON(value, type), vector.json);
    });
  }

  for (const vector of type_json_vectors) {
    test(`type JSON ${vector.go}`, () => {
      count("type_json");
      // Optional attributes are read and forgotten: a value always has all attributes of its type.
      const expected = vector.json.replace(',["bool","string"]]', "]");
      const kept = vector.go.startsWith("ObjectWithOptionalAttrs") ? expected : vector.json;
      assert.equal(typeToJSON(typeFromJSON(vector.json)), kept);
    });
  }

  test("the exceptions fail in the way that their reason says", () => {
    const bools = typeFromJSON('["set","bool"]');
    assert.equal(encodeMsgpack([true, false], bools).toString("hex"), "92c2c3");
    assert.equal(encodeJSON([true, false], bools), "[false,true]");
    for (const vector of vectors.filter(({ id }) => EXCEPTIONS.has(id))) {
      if (vector.id === "tftypes-float64-negative-number") {
        const value = decodeMsgpack(bytesOf(vector), typeOf(vector));
        assert.equal(value, 5e-324);
        assert.deepEqual(decodeMsgpack(encodeMsgpack(value, typeOf(vector)), typeOf(vector)), value);
      } else {
        assert.throws(() => decodeMsgpack(bytesOf(vector), typeOf(vector)), CtyError, vector.id);
      }
    }
  });

  test("many vectors are written by the single pass, and all are by the other", () => {
    assert.ok(plain >= 60, `${plain}`);
  });

  test("every exception is among the vectors", () => {
    const ids = new Set([...vectors, ...json_value_vectors].map(({ id }) => id));
    for (const id of EXCEPTIONS.keys()) assert.ok(ids.has(id), id);
  });

  after(() => {
    const implied = vectors.filter(({ kind }) => kind === "implied_type").length;
    console.log(`cty vectors run: ${[...counts].map(([kind, n]) => `${n} ${kind}`).join(", ")}`);
    console.log(`cty vectors skipped: ${implied} implied_type, as a provider always knows the type`);
    for (const [id, reason] of EXCEPTIONS) console.log(`cty vector excepted: ${id}: ${reason}`);
  });
}

function typeOf(vector: Vector): Type {
  return typeFromJSON(JSON.stringify(vector.type));
}

function bytesOf(vector: Vector): Buffer {
  if (vector.msgpack_hex !== undefined) return Buffer.from(vector.msgpack_hex, "hex");
  const runs = (vector.msgpack_hex_rle ?? []).map(([hex, times]) => hex.repeat(times));
  return Buffer.from(runs.join(""), "hex");
}

/** Vectors whose values the single pass wrote. */
let plain = 0;

/** encode(value) is the bytes, and decode(bytes) is the value. */
function checkBothWays(vector: Vector): void {
  const type = typeOf(vector);
  const bytes = bytesOf(vector);
  const decoded = decodeMsgpack(bytes, type);
  const alike = assertPassesAgree(decoded, type);
  if (alike.written) plain += 1;
  assert.equal(encodeMsgpack(decoded, type).toString("hex"), bytes.toString("hex"));
  // The long vectors hold their bytes run by run, and no value.
  if (vector.msgpack_hex_rle !== undefined) return;
  const value = fromNotation(vector.value, type);
  assert.equal(encodeMsgpack(value, type).toString("hex"), bytes.toString("hex"));
  assert.ok(equals(decoded, value, type), `${vector.id}: decoded to another value`);
}

/** What Terraform accepts is accepted with the same value, and what it rejects is rejected. */
function checkDecode(vector: Vector): void {
  const type = typeOf(vector);
  // Where no pass can read them, the single one has read nothing.
  assertReadAlike(bytesOf(vector), type);
  if (vector.accepted !== true) {
    assert.throws(() => decodeMsgpack(bytesOf(vector), type), CtyError);
    return;
  }
  const decoded: Value | DynamicValue = decodeMsgpack(bytesOf(vector), type);
  // These vectors were observed in Terraform's output, which shows neither refinements nor dynamic types.
  if (isUnknown(decoded)) assert.ok(isUnknown(fromNotation(vector.value, type)));
  else assert.deepEqual(stripDynamic(decoded), stripDynamic(fromNotation(vector.value, type)));
}
