import assert from "node:assert/strict";
import { test } from "node:test";
import * as der from "../../../src/plugin/der.ts";

const cases: [what: string, value: Buffer, hex: string][] = [
  ["zero", der.integer(Buffer.from([0])), "020100"],
  ["an integer of no bytes", der.integer(Buffer.alloc(0)), "020100"],
  ["127", der.integer(Buffer.from([0x7f])), "02017f"],
  ["128, which needs a zero to stay positive", der.integer(Buffer.from([0x80])), "02020080"],
  [
    "an integer with zeroes in front, which DER leaves out",
    der.integer(Buffer.from([0, 0, 1, 2])),
    "02020102",
  ],
  ["true", der.boolean(true), "0101ff"],
  ["false", der.boolean(false), "010100"],
  [
    "the identifier of ecdsa-with-SHA256",
    der.objectIdentifier("1.2.840.10045.4.3.2"),
    "06082a8648ce3d040302",
  ],
  ["the identifier of a common name", der.objectIdentifier("2.5.4.3"), "0603550403"],
  ["a string", der.utf8String("é"), "0c02c3a9"],
  ["a bit string with two unused bits", der.bitString(Buffer.from([0xac]), 2), "030202ac"],
  ["an empty sequence", der.sequence(), "3000"],
  ["a set of one", der.set(der.boolean(true)), "31030101ff"],
  [
    "the last second of UTCTime",
    der.time(new Date("2049-12-31T23:59:59.999Z")),
    "170d3439313233313233353935395a",
  ],
  [
    "the first of GeneralizedTime",
    der.time(new Date("2050-01-01T00:00:00Z")),
    "180f32303530303130313030303030305a",
  ],
  ["an explicit tag", der.explicit(3, der.sequence()), "a3023000"],
  ["an implicit string", der.implicitString(2, "localhost"), "82096c6f63616c686f7374"],
];

for (const [what, value, hex] of cases) {
  test(`DER of ${what} is ${hex}`, () => {
    assert.equal(value.toString("hex"), hex);
  });
}

test("lengths take the short form up to 127, then as few bytes as they can", () => {
  const header = (length: number) => der.octetString(Buffer.alloc(length)).subarray(0, 4).toString("hex");
  assert.equal(header(127).slice(0, 4), "047f");
  assert.equal(header(128).slice(0, 6), "048180");
  assert.equal(header(255).slice(0, 6), "0481ff");
  assert.equal(header(256), "04820100");
  assert.throws(() => header(65_536), /longer than a certificate needs/);
});
