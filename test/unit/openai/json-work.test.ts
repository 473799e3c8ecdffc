import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  isJsonArray,
  isJsonObject,
  JsonError,
  type JsonValue,
  jsonSource,
  maxJsonValues,
  parseJson,
  parseJsonInPieces,
} from "../../../src/openai/json.ts";
import { stringifyJson } from "../../../src/openai/json-text.ts";
import { assertLinear, turnsOf } from "../../support/work.ts";

/** What a hostile or a long answer may have, so many times. */
const texts: Readonly<Record<string, (size: number) => string>> = {
  "many keys": (size) => `{${Array.from({ length: size }, (_, i) => `"k${i}":1`)}}`,
  "one key again and again": (size) => `{${Array.from({ length: size }, () => '"k":1')}}`,
  "two keys by turns": (size) => `{${Array.from({ length: size }, (_, i) => `"k${i % 2}":[${i}]`)}}`,
  "keys that look like numbers": (size) => `{${Array.from({ length: size }, (_, i) => `"${size - i}":1`)}}`,
  "small lists": (size) => `[${Array.from({ length: size }, () => "[]")}]`,
  "small objects": (size) => `[${Array.from({ length: size }, () => '{"a":{}}')}]`,
  "small numbers": (size) => `[${Array.from({ length: size }, (_, i) => i % 300)}]`,
  escapes: (size) => `["${"\\n".repeat(size)}"]`,
  "half pairs": (size) => `["${"\\ud800".repeat(size)}"]`,
  blanks: (size) => `[${" \n".repeat(size)}1]`,
  "a long number": (size) => `[1${"0".repeat(size)}]`,
  "long texts": (size) => JSON.stringify({ a: "x".repeat(size), b: "\u0301".repeat(size) }),
};

function object(value: JsonValue): ReadonlyMap<string, JsonValue> {
  assert.ok(isJsonObject(value));
  return value;
}

describe("reading JSON is linear", () => {
  for (const [name, text] of Object.entries(texts)) {
    it(`of ${name}`, async () => {
      // Counted in blocks of code; a regular expression counts as one, so that little may be counted.
      await assertLinear(20_000, 2_000_000, (size) => {
        const padding = "[".repeat(200) + "]".repeat(200);
        return [parseJson(text(size)), ...Array.from({ length: 2 }, () => parseJson(padding))];
      });
    });
  }

  it("of errors far down, whose line is counted", async () => {
    await assertLinear(20_000, 500_000, (size) => {
      assert.throws(() => parseJson(`[${"\n".repeat(size)}x]`), {
        name: "JsonError",
        message: `no JSON value was found at line ${size + 1}, column 1`,
      });
    });
  });

  it("of the sources of all members, each asked for", async () => {
    await assertLinear(5_000, 4_000_000, (size) => {
      const keys = Array.from({ length: size }, (_, i) => `"k${i}":[${i}, 1]`);
      const whole = object(parseJson(`{"list":[${keys.map((key) => `{${key}}`)}],${keys}}`));
      for (let i = 0; i < size; i += 1) assert.equal(jsonSource(whole, `k${i}`), `[${i}, 1]`);
      const list = whole.get("list");
      assert.ok(isJsonArray(list));
      for (const [i] of list.entries()) assert.equal(jsonSource(list, i), `{"k${i}":[${i}, 1]}`);
    });
  });
});

describe("the values of one text are limited", () => {
  const few = 10_000;
  const reason = (text: string, most?: number) => {
    try {
      parseJson(text, most);
    } catch (error) {
      assert.ok(error instanceof JsonError);
      return error.reason;
    }
    return undefined;
  };

  for (const [name, text] of [
    ["numbers", `[${"1,".repeat(few)}1]`],
    ["empty texts", `[${'"",'.repeat(few)}1]`],
    ["lists, which count for more", `[${"[],".repeat(few / 4)}1]`],
    ["objects", `[${"{},".repeat(few / 4)}1]`],
    ["numbers that write out many digits", `[${"1e-300,".repeat(few / 16)}1]`],
    ["the values of one key", `{${'"a":1,'.repeat(few)}"a":1}`],
  ] as const) {
    it(name, () => {
      assert.equal(reason(text, few), "values");
      assert.equal(reason(text), undefined);
    });
  }

  it("but not below what 32 MiB of log probabilities have", () => {
    const top = '{"token":"abcd","logprob":-12.345678,"bytes":[97,98,99,100]}';
    const token = `${top.slice(0, -1)},"top_logprobs":[${Array(20).fill(top)}]}`;
    const share = Math.floor((maxJsonValues * token.length) / (32 * 1024 * 1024));
    assert.equal(reason(token, share), undefined);
  });

  it("and a large exponent in one number is a number", () => {
    assert.equal(stringifyJson(parseJson("[1e1000000000,1E-999]")), "[1e1000000000,1E-999]");
  });
});

describe("reading JSON in pieces", () => {
  it("gives what reading at once gives, or its error", async () => {
    for (const text of [...Object.values(texts).map((make) => make(20_000)), "[1,", "{]", '["\\x"]']) {
      const [one, other] = await Promise.allSettled([
        parseJsonInPieces(text),
        (async () => parseJson(text))(),
      ]);
      assert.deepEqual(one, other);
    }
  });

  it("lets the event loop turn, more often for more", async () => {
    const small = await turnsOf(() => parseJsonInPieces('{"a":[1,2,3]}'));
    assert.ok(small <= 1, `${small}`);
    for (const name of ["many keys", "one key again and again", "small lists", "small numbers"]) {
      const text = texts[name]?.(100_000) ?? "";
      assert.ok((await turnsOf(() => parseJsonInPieces(text))) >= 3, name);
    }
  });

  it("ends when it is aborted", async () => {
    const text = texts["small lists"]?.(200_000) ?? "";
    const stop = new AbortController();
    setImmediate(() => stop.abort(new Error("enough")));
    await assert.rejects(parseJsonInPieces(text, stop.signal), /enough/);
  });
});

it("writes no more than it is asked for", async () => {
  const value = parseJson(`{"a":[${Array.from({ length: 100_000 }, () => '{"b":[1]}')}]}`);
  const text = stringifyJson(value, 100);
  assert.ok(text.startsWith('{"a":[{"b":[1]},{"b":[1]}') && text.length < 200, text);
  assert.equal(stringifyJson(parseJson('{"a":[],"b":{}}'), 100), '{"a":[],"b":{}}');
});
