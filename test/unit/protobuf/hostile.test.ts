import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { WireError } from "../../../src/protobuf/wire.ts";
import { bytes, Sample } from "./sample-types.ts";

function refuses(hex: string, reason: string): void {
  assert.throws(() => Sample.decode(bytes(hex)), {
    name: "WireError",
    message: `not a test.Sample: ${reason}`,
  });
}

test("input that ends within a field is refused", () => {
  for (const hex of ["18", "18 80", "80", "2a", "2a 02 61", "2a ff ff ff ff 0f", "52 02 03", "42 01 18"]) {
    refuses(hex, "the input ends early");
  }
  for (const hex of ["a1 01 00 00 00 00 00 00 00", "a5 01 00 00 00", "a2 01 01", "a3 01", "a3 01 08"]) {
    refuses(hex, "the input ends early");
  }
});

test("every proper prefix of a message is refused or is a message of its first fields", () => {
  const whole = Sample.encode({ text: "testing", child: { large: -5 }, names: new Map([["a", "b"]]) });
  const boundaries = new Set([0, 9, 22]);
  for (let size = 0; size < whole.length; size += 1) {
    const prefix = whole.subarray(0, size);
    if (boundaries.has(size)) Sample.decode(prefix);
    else assert.throws(() => Sample.decode(prefix), WireError, `${size} bytes`);
  }
});

test("a nested message cannot read beyond its length", () => {
  refuses("42 01 08 01", "the input ends early");
  refuses("62 02 0a 05 61 61 61 61 61", "the input ends early");
  refuses("52 01 80 01", "the input ends early");
});

test("field numbers out of range are refused", () => {
  refuses("00 00", "a field number is out of range");
  refuses("07", "a field number is out of range");
  refuses("80 80 80 80 10 00", "a field number is out of range");
});

test("varints of more than 64 bits are refused", () => {
  refuses("20 ff ff ff ff ff ff ff ff ff 02", "a varint is longer than 64 bits");
  refuses("20 ff ff ff ff ff ff ff ff ff 81 00", "a varint is longer than 64 bits");
  refuses("20 80 80 80 80 80 80 80 80 80 80 00", "a varint is longer than 64 bits");
});

test("lengths beyond 32 bits are refused", () => {
  refuses("2a 80 80 80 80 10", "a length is out of range");
});

test("a known field of another wire type is refused by name", () => {
  refuses("1a 01 00", "field small has wire type 2");
  refuses("28 01", "field text has wire type 0");
  refuses("40 01", "field child has wire type 0");
  refuses("60 01", "field names has wire type 0");
  refuses("4d 00 00 00 00", "field texts has wire type 5");
  refuses("51 00 00 00 00 00 00 00 00", "field numbers has wire type 1");
  refuses("1b 1c", "field small has wire type 3");
});

test("wire types that do not exist, and groups that do not match, are refused", () => {
  refuses("a6 01", "field 20 has wire type 6");
  refuses("a7 01", "field 20 has wire type 7");
  refuses("a4 01", "field 20 has wire type 4");
  refuses("a3 01 ac 01", "group 20 ends as 21");
});

test("text that is not UTF-8 is refused", () => {
  for (const hex of ["2a 01 ff", "2a 02 c3 28", "2a 03 ed a0 80", "2a 02 c0 80"]) {
    refuses(hex, "a string is not valid UTF-8");
  }
});

test("nesting is read to a depth of 100 messages, and no deeper", () => {
  const nested = (levels: number): Buffer => {
    let inner = Buffer.alloc(0);
    for (let level = 1; level < levels; level += 1) {
      const prefix =
        inner.length < 128 ? [0x42, inner.length] : [0x42, (inner.length & 0x7f) | 0x80, inner.length >> 7];
      inner = Buffer.concat([Buffer.from(prefix), inner]);
    }
    return inner;
  };
  let depth = 0;
  for (let message: Sample | undefined = Sample.decode(nested(100)); message; message = message.child)
    depth += 1;
  assert.equal(depth, 100);
  assert.throws(() => Sample.decode(nested(101)), /nests too deeply/);
  assert.throws(() => Sample.decode(Buffer.alloc(100_000, 0xa3)), WireError);
  assert.throws(() => Sample.decode(Buffer.alloc(100_000, bytes("a3 01"))), /nests too deeply/);
});

test("a length does not make the reader allocate", () => {
  const before = process.memoryUsage().arrayBuffers;
  for (let round = 0; round < 100; round += 1) refuses("12 ff ff ff ff 07", "the input ends early");
  assert.ok(process.memoryUsage().arrayBuffers - before < 2 ** 28);
});

test("errors do not quote the input", () => {
  const secret = Buffer.from("sk-secret");
  assert.throws(
    () => Sample.decode(Buffer.concat([bytes("42 0a"), secret])),
    (error: Error) => error instanceof WireError && !error.message.includes("sk-"),
  );
});

test("random bytes are decoded or refused, with no other error", () => {
  const property = fc.property(fc.uint8Array({ maxLength: 60 }), (input) => {
    try {
      Sample.decode(input);
    } catch (error) {
      assert.ok(error instanceof WireError || error instanceof RangeError, String(error));
    }
  });
  fc.assert(property, { numRuns: 2000 });
});

test("what was decoded from random bytes is encoded and decoded to the same message", () => {
  const property = fc.property(fc.uint8Array({ maxLength: 12 }), (input) => {
    let message: Sample;
    try {
      message = Sample.decode(input);
    } catch {
      return;
    }
    assert.deepEqual(Sample.decode(Sample.encode(message)), message);
  });
  fc.assert(property, { numRuns: 2000 });
});
