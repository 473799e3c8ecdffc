import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "../../../src/protobuf/input.ts";
import { bytes, empty, Sample } from "./sample-types.ts";

function encodes(message: Input<Sample>, hex: string): void {
  assert.equal(Sample.encode(message).toString("hex"), bytes(hex).toString("hex"));
}

test("a message in which nothing is set has no bytes", () => {
  encodes({}, "");
  encodes({ text: undefined, child: undefined }, "");
});

test("scalars without presence are left out when they are zero", () => {
  encodes({ flag: false, data: Buffer.alloc(0), small: 0, large: 0, text: "", count: 0, kind: 0 }, "");
  encodes({ texts: [], numbers: [], names: new Map() }, "");
});

test("optional scalars, members of a oneof and empty messages are written when they are set", () => {
  encodes({ maybe: "" }, "72 00");
  encodes({ left: "" }, "7a 00");
  encodes({ right: {} }, "82 01 00");
  encodes({ child: {} }, "42 00");
});

test("integers are varints of the shortest form", () => {
  encodes({ small: 150 }, "18 96 01");
  encodes({ small: 127 }, "18 7f");
  encodes({ small: 128 }, "18 80 01");
  encodes({ count: 0xffff_ffff }, "30 ff ff ff ff 0f");
  encodes({ large: 2 ** 32 }, "20 80 80 80 80 10");
  encodes({ large: Number.MAX_SAFE_INTEGER }, "20 ff ff ff ff ff ff ff 0f");
  encodes({ flag: true, kind: 1 }, "08 01 38 01");
});

test("negative integers are extended to 64 bits", () => {
  encodes({ large: -1 }, "20 ff ff ff ff ff ff ff ff ff 01");
  encodes({ small: -0x8000_0000 }, "18 80 80 80 80 f8 ff ff ff ff 01");
});

test("text is UTF-8 and its length counts bytes", () => {
  encodes({ text: "testing" }, "2a 07 74 65 73 74 69 6e 67");
  encodes({ text: "é" }, "2a 02 c3 a9");
  encodes({ text: "\ud800" }, "2a 03 ef bf bd");
});

test("repeated numbers are packed, repeated strings and messages are not", () => {
  encodes({ numbers: [3, 270, 86942] }, "52 06 03 8e 02 9e a7 05");
  encodes({ texts: ["a", ""] }, "4a 01 61 4a 00");
  encodes({ children: [{}, { flag: true }] }, "5a 00 5a 02 08 01");
});

test("map entries keep their order and always have a key and a value", () => {
  encodes(
    {
      names: new Map([
        ["b", ""],
        ["a", "x"],
      ]),
    },
    "62 05 0a 01 62 12 00 62 06 0a 01 61 12 01 78",
  );
  encodes({ byNumber: new Map([[0, {}]]) }, "6a 04 08 00 12 00");
});

test("fields are written in the order of their numbers", () => {
  encodes({ left: "l", text: "t", flag: true }, "08 01 2a 01 74 7a 01 6c");
});

test("a message beyond the first buffer is written whole", () => {
  const data = Buffer.alloc(3_000_000, 7);
  const message = { text: "x".repeat(100_000), children: [{ data }, { child: { data } }] };
  const decoded = Sample.decode(Sample.encode(message));
  assert.equal(decoded.text, message.text);
  assert.ok(decoded.children[0]?.data.equals(data));
  assert.ok(decoded.children[1]?.child?.data.equals(data));
});

test("whatever makes the buffer grow, nothing written before is lost", () => {
  for (let size = 480; size < 520; size += 1) {
    const data = Buffer.alloc(size, 1);
    for (const message of [
      { small: -1 },
      { text: "é".repeat(20) },
      { flag: true },
      { data: data.subarray(0, 40) },
    ]) {
      const decoded = Sample.decode(Sample.encode({ ...message, right: { data } }));
      assert.deepEqual(decoded, { ...empty, ...message, right: { ...empty, data } }, `${size} bytes`);
    }
  }
});

test("values that a field cannot hold are errors that name the field", () => {
  const wrong: [Input<Sample>, RegExp][] = [
    [{ small: 2 ** 31 }, /^RangeError: small: 2147483648 is not an integer from/],
    [{ count: -1 }, /^RangeError: count: /],
    [{ large: 2 ** 53 }, /^RangeError: large: /],
    [{ large: Number.NaN }, /^RangeError: large: /],
    [{ children: [{}, { child: { small: 0.5 } }] }, /^RangeError: children: child: small: 0.5/],
    [{ left: "", right: {} }, /^TypeError: left and right are of one oneof, side/],
  ];
  for (const [message, pattern] of wrong) assert.throws(() => Sample.encode(message), pattern);
});

test("values that escaped the compiler are errors too", () => {
  // JSON.parse stands for code that the compiler could not check.
  const wrong: [string, RegExp][] = [
    ['{ "data": "AAAA" }', /^TypeError: data: expected bytes, not string/],
    ['{ "text": 1 }', /^TypeError: text: expected a string, not number/],
    ['{ "flag": "true" }', /^TypeError: flag: expected a boolean, not string/],
    ['{ "large": "1" }', /^TypeError: large: expected a number, not string/],
    ['{ "texts": "a" }', /^TypeError: texts: expected an array/],
    ['{ "names": { "a": "b" } }', /^TypeError: names: expected a Map/],
    ['{ "child": null }', /^TypeError: child: expected a message, not null/],
    ['{ "child": { "txt": "" } }', /^TypeError: child: there is no field txt/],
  ];
  for (const [json, pattern] of wrong) assert.throws(() => Sample.encode(JSON.parse(json)), pattern);
});
