import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, empty, Sample } from "./sample-types.ts";

function decodes(hex: string, expected: Partial<Sample>): void {
  assert.deepEqual(Sample.decode(bytes(hex)), { ...empty, ...expected });
}

test("fields that are not there have proto3's defaults", () => {
  assert.deepEqual(empty, {
    flag: false,
    data: Buffer.alloc(0),
    small: 0,
    large: 0,
    text: "",
    count: 0,
    kind: 0,
    child: undefined,
    texts: [],
    numbers: [],
    children: [],
    names: new Map(),
    byNumber: new Map(),
    maybe: undefined,
    left: undefined,
    right: undefined,
  });
});

test("optional fields distinguish zero from unset", () => {
  decodes("72 00", { maybe: "" });
  decodes("7a 00", { left: "" });
  decodes("42 00", { child: empty });
});

test("varints of 64 bits are exact as far as numbers go", () => {
  decodes("20 ff ff ff ff ff ff ff 0f", { large: Number.MAX_SAFE_INTEGER });
  decodes("20 81 80 80 80 80 80 80 f0 ff 01", { large: Number.MIN_SAFE_INTEGER });
  decodes("20 ff ff ff ff ff ff ff ff ff 01", { large: -1 });
  decodes("20 80 80 80 80 10", { large: 2 ** 32 });
  decodes("20 80 80 80 80 08", { large: 2 ** 31 });
});

test("an int64 beyond 2^53 is a RangeError, not a rounded number", () => {
  assert.throws(() => Sample.decode(bytes("20 80 80 80 80 80 80 80 10")), RangeError);
  assert.throws(() => Sample.decode(bytes("20 80 80 80 80 80 80 80 80 80 01")), RangeError);
});

test("32-bit integers take the low half of a varint", () => {
  decodes("18 ff ff ff ff ff ff ff ff ff 01", { small: -1 });
  decodes("18 ff ff ff ff 0f", { small: -1 });
  decodes("30 ff ff ff ff ff ff ff ff ff 01", { count: 0xffff_ffff });
});

test("varints longer than needed are read", () => {
  decodes("18 96 81 00", { small: 150 });
  decodes("98 80 80 00 05", { small: 5 });
  decodes("aa 80 00 81 00 61", { text: "a" });
});

test("any varint but zero is true, however long", () => {
  decodes("08 02", { flag: true });
  decodes("08 80 80 80 80 80 01", { flag: true });
});

test("an enum's unknown number is kept", () => {
  assert.equal(Number(Sample.decode(bytes("38 2a")).kind), 42);
});

test("of a scalar the last value counts", () => {
  decodes("2a 01 61 18 01 2a 01 62", { text: "b", small: 1 });
  decodes("2a 01 61 2a 00", { text: "" });
});

test("a message that comes twice is merged", () => {
  decodes("42 05 2a 01 61 18 01 42 06 2a 01 62 4a 01 78 42 03 4a 01 79", {
    child: { ...empty, text: "b", small: 1, texts: ["x", "y"] },
  });
});

test("of a oneof the last member counts, and a message is merged with itself only", () => {
  decodes("7a 01 61 82 01 02 08 01", { right: { ...empty, flag: true } });
  decodes("82 01 02 08 01 7a 01 61", { left: "a" });
  decodes("82 01 02 08 01 82 01 02 18 01", { right: { ...empty, flag: true, small: 1 } });
  decodes("82 01 02 08 01 7a 01 61 82 01 02 18 01", { right: { ...empty, small: 1 } });
});

test("text may hold U+FFFD itself, and NUL", () => {
  decodes("2a 04 ef bf bd 00", { text: "\ufffd\0" });
});

test("repeated numbers are read packed, one by one, and mixed", () => {
  decodes("52 06 03 8e 02 9e a7 05", { numbers: [3, 270, 86942] });
  decodes("50 03 50 8e 02", { numbers: [3, 270] });
  decodes("50 01 52 02 02 03 50 04 52 00", { numbers: [1, 2, 3, 4] });
});

test("repeated messages are never merged", () => {
  decodes("5a 02 08 01 5a 02 18 01", {
    children: [
      { ...empty, flag: true },
      { ...empty, small: 1 },
    ],
  });
});

test("a map entry's missing key or value is zero, and of equal keys the last counts", () => {
  decodes("62 06 0a 01 61 12 01 78 62 06 12 01 79 0a 01 61", { names: new Map([["a", "y"]]) });
  decodes("62 00 62 03 0a 01 61 62 03 12 01 78", {
    names: new Map([
      ["", "x"],
      ["a", ""],
    ]),
  });
  decodes("6a 02 08 05", { byNumber: new Map([[5, empty]]) });
});

test("keys that are names of Object's properties are keys like others", () => {
  const { names } = Sample.decode(Sample.encode({ names: new Map([["__proto__", "x"]]) }));
  assert.equal(names.get("__proto__"), "x");
});

test("unknown fields of every wire type are skipped", () => {
  decodes("a0 01 96 01 08 01", { flag: true });
  decodes("a1 01 00 00 00 00 00 00 00 00 08 01", { flag: true });
  decodes("a2 01 03 08 00 ff 08 01", { flag: true });
  decodes("a5 01 00 00 00 00 08 01", { flag: true });
  decodes("a3 01 08 00 ab 01 10 07 ac 01 a4 01 08 01", { flag: true });
  decodes("f8 ff ff ff 0f 00 08 01", { flag: true });
});

test("bytes share memory with the input and stay within their field", () => {
  const input = bytes("12 02 aa bb 2a 01 61");
  const { data } = Sample.decode(input);
  assert.deepEqual([...data], [0xaa, 0xbb]);
  input[2] = 0xcc;
  assert.equal(data[0], 0xcc);
});

test("a Uint8Array that is part of a larger one is read within its bounds", () => {
  const whole = new Uint8Array([0xff, 0x18, 0x07, 0xff]);
  assert.equal(Sample.decode(whole.subarray(1, 3)).small, 7);
});

test("two decoded messages share no list and no map", () => {
  const first = Sample.decode(Buffer.alloc(0));
  first.texts.push("x");
  first.names.set("a", "b");
  assert.deepEqual(Sample.decode(Buffer.alloc(0)), empty);
});
